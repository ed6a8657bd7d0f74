import { readFile } from 'node:fs/promises';
import type { Design } from '#shared/design/design.ts';
import type { Operator } from '#shared/design/operators/registry.ts';
import { parseDesign } from '#shared/design/parse-design.ts';
import { buildDesign, buildService, buildTopic } from '#shared/design/testing/build-design.ts';
import { windowsAndTables } from './golden-windows-and-tables.ts';

/** The designs whose generated projects are kept as files: one for each family of operators, and Orders. */
export async function goldenDesigns(): Promise<Readonly<Record<string, Design>>> {
  return {
    stateless,
    joins,
    aggregates,
    'windows-and-tables': windowsAndTables,
    gateway,
    handlers,
    hostile,
    orders: await readOrders(),
  };
}

async function readOrders(): Promise<Design> {
  const path = new URL('../../examples/orders.millstream.json', import.meta.url);
  const design = parseDesign(await readFile(path, 'utf8'));
  if (!design.ok) throw new Error(design.error[0]?.message);
  return design.value;
}

const click = {
  id: 'click',
  name: 'Click',
  kind: 'record' as const,
  fields: [
    { name: 'page', type: 'string' as const },
    { name: 'visitor', type: 'string' as const },
    { name: 'millis', type: 'int' as const, optional: true },
  ],
};
const clicks = buildTopic('clicks', { value: { type: { ref: 'click' } }, partitions: 2 });
const source: Operator = { id: 'source', name: 'Clicks', kind: 'stream', topic: 'clicks' };
const feed = {
  id: 'feed-clicks',
  name: 'Clicks',
  into: { topic: 'clicks' },
  key: '"visitor-" + string(n % 3)',
  value: '{"page": n % 2 == 0 ? "/" : "/prices", "visitor": "visitor-" + string(n % 3), "millis": n * 10}',
  perSecond: 1,
  count: 6,
};

const stateless = buildDesign({
  name: 'Stateless',
  schemas: [click],
  topics: [
    clicks,
    buildTopic('pages'),
    buildTopic('prices'),
    buildTopic('visitors', { value: { type: 'int' } }),
  ],
  services: [
    buildService(
      'router',
      [
        source,
        {
          id: 'slow',
          name: 'Slow ones',
          kind: 'filter',
          condition: 'value.millis != null && value.millis >= 10',
        },
        {
          id: 'where',
          name: 'Where',
          kind: 'branch',
          branches: [{ id: 'to-prices', name: 'Prices', condition: 'value.page == "/prices"' }],
        },
        {
          id: 'words',
          name: 'Words',
          kind: 'flatMap',
          values: '[value.page, value.visitor]',
          output: 'string',
        },
        { id: 'page', name: 'Page', kind: 'map', value: 'value.page', output: 'string' },
        { id: 'both', name: 'Both', kind: 'merge' },
        { id: 'by-page', name: 'By page', kind: 'selectKey', key: 'value', keyType: 'string' },
        { id: 'spread', name: 'Spread', kind: 'repartition', partitions: 4 },
        { id: 'pages-out', name: 'Pages', kind: 'sink', topic: 'pages' },
        {
          id: 'millis',
          name: 'Time',
          kind: 'map',
          key: 'value.visitor',
          keyType: 'string',
          value: 'value.millis == null ? 0 : value.millis',
          output: 'int',
        },
        { id: 'visitors-out', name: 'Visitors', kind: 'sink', topic: 'visitors' },
        { id: 'price-page', name: 'Price page', kind: 'map', value: 'value.page', output: 'string' },
        {
          id: 'routed',
          name: 'Routed',
          kind: 'sink',
          topic: null,
          route: 'value == "/prices" ? "prices" : "pages"',
          routes: ['prices', 'pages'],
        },
      ],
      [
        'source > slow',
        'slow > where',
        'where.otherwise > words',
        'where.to-prices > page',
        'words > both',
        'page > both',
        'both > by-page',
        'by-page > spread',
        'spread > pages-out',
        'slow > millis',
        'millis > visitors-out',
        'where.to-prices > price-page',
        'price-page > routed',
      ],
    ),
  ],
  feeds: [feed],
});

const visitor = {
  id: 'visitor',
  name: 'Visitor',
  kind: 'record' as const,
  fields: [{ name: 'name', type: 'string' as const }],
};
const visitors = buildTopic('visitors', {
  cleanup: 'compact',
  value: { type: { ref: 'visitor' } },
  partitions: 2,
});
const visitorFeed = {
  id: 'feed-visitors',
  name: 'Visitors',
  into: { topic: 'visitors' },
  key: '"visitor-" + string(n)',
  value: '{"name": "V" + string(n)}',
  perSecond: 0,
  count: 2,
};

const joins = buildDesign({
  name: 'Joins',
  schemas: [click, visitor],
  topics: [clicks, visitors, buildTopic('named'), buildTopic('greeted')],
  services: [
    buildService(
      'namer',
      [
        source,
        { id: 'by-visitor', name: 'By visitor', kind: 'selectKey', key: 'value.visitor', keyType: 'string' },
        { id: 'known', name: 'Visitors', kind: 'table', topic: 'visitors' },
        {
          id: 'name-it',
          name: 'Name it',
          kind: 'join',
          inputs: 'streamTable',
          type: 'left',
          value: 'right == null ? "somebody" : right.name',
          output: 'string',
        },
        { id: 'named-out', name: 'Named', kind: 'sink', topic: 'named' },
      ],
      ['source > by-visitor', 'by-visitor > name-it.left', 'known > name-it.right', 'name-it > named-out'],
    ),
    buildService(
      'greeter',
      [
        { ...source, id: 'greeter-source' },
        { id: 'everybody', name: 'Everybody', kind: 'globalTable', topic: 'visitors' },
        {
          id: 'greet',
          name: 'Greet',
          kind: 'join',
          inputs: 'streamGlobalTable',
          type: 'inner',
          on: 'value.visitor',
          value: '"Hello " + right.name',
          output: 'string',
        },
        { id: 'greeted-out', name: 'Greeted', kind: 'sink', topic: 'greeted' },
      ],
      ['greeter-source > greet.left', 'everybody > greet.right', 'greet > greeted-out'],
    ),
  ],
  feeds: [visitorFeed, feed],
});

const aggregates = buildDesign({
  name: 'Aggregates',
  schemas: [click],
  topics: [
    clicks,
    buildTopic('counts', { value: { type: 'int' } }),
    buildTopic('busy', { value: { type: 'int' } }),
  ],
  services: [
    buildService(
      'counter',
      [
        source,
        {
          id: 'per-page',
          name: 'Per page',
          kind: 'aggregate',
          over: 'stream',
          groupBy: 'value.page',
          groupKeyType: 'string',
          method: 'count',
          output: 'int',
          store: 'clicksPerPage',
        },
        { id: 'changes', name: 'Changes', kind: 'toStream' },
        { id: 'counts-out', name: 'Counts', kind: 'sink', topic: 'counts' },
        {
          id: 'time',
          name: 'Time',
          kind: 'map',
          value: 'value.millis == null ? 0 : value.millis',
          output: 'int',
        },
        {
          id: 'total',
          name: 'Total time',
          kind: 'aggregate',
          over: 'stream',
          method: 'reduce',
          value: 'aggregate + value',
          output: 'int',
          store: 'totalTime',
          window: { kind: 'hopping', sizeMs: 4000, advanceMs: 2000, graceMs: 1000 },
        },
        {
          id: 'when',
          name: 'When',
          kind: 'toStream',
          key: 'key + "@" + string(int(window.start))',
          keyType: 'string',
        },
        { id: 'busy-out', name: 'Busy', kind: 'sink', topic: 'busy' },
      ],
      [
        'source > per-page',
        'per-page > changes',
        'changes > counts-out',
        'source > time',
        'time > total',
        'total > when',
        'when > busy-out',
      ],
    ),
  ],
  feeds: [feed],
});

const gateway = buildDesign({
  name: 'Gateway',
  schemas: [visitor],
  topics: [visitors],
  services: [
    {
      ...buildService(
        'door',
        [
          {
            id: 'enter',
            name: 'Enter',
            kind: 'httpWrite',
            method: 'PUT',
            path: '/visitors/{id}',
            accepts: 'visitor',
            topic: 'visitors',
            key: 'params.id',
            value: 'body',
          },
          { id: 'present', name: 'Who is there', kind: 'table', topic: 'visitors' },
          {
            id: 'ask',
            name: 'Ask',
            kind: 'httpQuery',
            path: '/visitors/{id}',
            key: 'params.id',
            fields: ['name'],
          },
          {
            id: 'introduced',
            name: 'Once the name is known',
            kind: 'httpQuery',
            path: '/visitors/{id}/name',
            key: 'params.id',
            waitUntil: 'value.name != "?"',
            waitAtMostMs: 20_000,
          },
        ],
        ['present > ask', 'present > introduced'],
      ),
      instances: 2,
    },
  ],
  feeds: [
    {
      id: 'arrivals',
      name: 'Arrivals',
      into: { gateway: 'enter' },
      key: '"v" + string(n)',
      value: '{"name": "V" + string(n)}',
      perSecond: 1,
      count: 2,
    },
  ],
});

const handlers = buildDesign({
  name: 'Handlers',
  schemas: [click],
  topics: [clicks, buildTopic('scores', { value: { type: 'double' } })],
  services: [
    buildService(
      'scorer',
      [
        source,
        { id: 'score', name: 'Score', kind: 'map', value: { handler: 'scoreOf' }, output: 'double' },
        {
          id: 'tell',
          name: 'Tell',
          kind: 'sideEffect',
          handler: 'tell',
          external: null,
          idempotenceKey: 'key',
        },
        { id: 'scores-out', name: 'Scores', kind: 'sink', topic: 'scores' },
      ],
      ['source > score', 'score > tell', 'tell > scores-out'],
    ),
  ],
  feeds: [feed],
});

const placeholder = ['`$', '{x}`'].join('');

/** Names that would break code if they were taken as they are. */
const hostile = buildDesign({
  name: `class */ ${placeholder} 欺诈`,
  note: `Ends the comment: */ process.exit() and ${placeholder}\nand the next line.`,
  schemas: [
    {
      id: 'promise',
      name: 'Promise',
      kind: 'record',
      fields: [
        { name: 'class', type: 'string' },
        { name: 'constructor', type: { list: { ref: 'string-2' } } },
      ],
    },
    { id: 'string-2', name: 'string', kind: 'enum', symbols: ['default', 'constructor'] },
  ],
  topics: [
    buildTopic('class', { name: 'class', value: { type: { ref: 'promise' } } }),
    buildTopic('copy', { name: 'Class', value: { type: { ref: 'promise' } } }),
  ],
  services: [
    {
      ...buildService(
        'default',
        [
          { id: 'builder', name: 'builder', kind: 'stream', topic: 'class', note: '*/ not the end' },
          {
            id: 'topics',
            name: 'topics',
            kind: 'filter',
            condition: `value.class != "it's" && value.class != "${placeholder}"`,
          },
          { id: 'topics-2', name: 'topics', kind: 'sink', topic: 'copy' },
        ],
        ['builder > topics', 'topics > topics-2'],
      ),
      name: '../../etc',
      note: `${placeholder} */`,
    },
    buildService(
      'two',
      [
        { id: 'in', name: 'in', kind: 'stream', topic: 'class' },
        { id: 'await', name: 'await', kind: 'sink', topic: 'copy' },
      ],
      ['in > await'],
    ),
  ],
});
