import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Design } from './design.ts';
import { designProblemText } from './parse/design-problem.ts';
import { type JsonPath, jsonAt } from './parse/json-path.ts';
import { parseDesign } from './parse-design.ts';
import { buildDesign, buildService, buildTopic } from './testing/build-design.ts';

const design = buildDesign({
  schemas: [{ id: 'order', name: 'Order', kind: 'record', fields: [{ name: 'id', type: 'string' }] }],
  topics: [buildTopic('orders', { value: { type: { ref: 'order' } } }), buildTopic('big-orders')],
  services: [
    buildService(
      'sorter',
      [
        { id: 'orders-in', name: 'Orders', kind: 'stream', topic: 'orders' },
        { id: 'split', name: 'Split', kind: 'branch', branches: [{ id: 'big', name: 'Big', condition: '' }] },
        { id: 'out', name: 'Out', kind: 'sink', topic: 'big-orders' },
      ],
      ['orders-in > split', 'split.big > out'],
    ),
  ],
  externals: [{ id: 'shop', name: 'Shop', kind: 'person', writes: ['orders'] }],
  feeds: [{ id: 'rows', name: 'Rows', into: { topic: 'orders' }, value: '', perSecond: 1 }],
  layout: { nodes: { orders: { x: 1, y: 2 } } },
});

/** The problems of the design after a change to its JSON, each on one line. */
function problemsAfter(change: (json: ReturnType<typeof copy>) => void): readonly string[] {
  const json = copy(design);
  change(json);
  return problemsOf(JSON.stringify(json));
}

function copy(original: Design) {
  return JSON.parse(JSON.stringify(original));
}

function problemsOf(text: string): readonly string[] {
  const result = parseDesign(text);
  return result.ok ? [] : result.error.map(designProblemText);
}

describe('parseDesign', () => {
  it('gives the design', () => {
    expect(parseDesign(JSON.stringify(design))).toEqual({ ok: true, value: design });
    expect(parseDesign(`\uFEFF${JSON.stringify(design)}`).ok).toBe(true);
  });

  it('says where a text is not JSON', () => {
    expect(parseDesign('{\n  "format": millstream\n}')).toEqual({
      ok: false,
      error: [{ code: 'not-json', line: 2, column: 13, message: 'A value is expected here.' }],
    });
  });

  it.each([
    ['[]', 'The text is JSON, but not a design: a design is an object.'],
    ['{"format":"other"}', 'format: This must be "millstream-design".'],
    ['{"format":"millstream-design"}', 'version: This must be the number of a format version.'],
    ['{"format":"millstream-design","version":1.5}', 'version: This must be the number of a format version.'],
    [`${'['.repeat(200_000)}${']'.repeat(200_000)}`, 'The values lie too deep in each other.'],
  ])('refuses what is not a design (case %#)', (text, expected) => {
    expect(problemsOf(text)).toEqual([expected]);
  });

  it('refuses a newer version', () => {
    expect(parseDesign('{"format":"millstream-design","version":7}')).toMatchObject({
      error: [{ code: 'too-new', version: 7 }],
    });
  });

  it('says where a migration failed', () => {
    const draft = { format: 'millstream-design', version: 0, name: 'x', services: [], connections: [] };
    const topic = { id: 'a', name: 'a', partitions: 1, retention: 'a week', key: 'string', value: 'int' };
    const result = parseDesign(JSON.stringify({ ...draft, topics: [topic] }));
    expect(result).toMatchObject({
      error: [{ code: 'migration-failed', from: 0, path: 'topics[0].retention' }],
    });
    const loose = { ...draft, topics: [], connections: [{ from: 'nobody', to: 'nobody' }] };
    expect(problemsOf(JSON.stringify(loose))).toEqual([
      'connections[0].from: There is no operator of this name.',
    ]);
  });
});

describe('problems of shape', () => {
  it.each<[string, (json: ReturnType<typeof copy>) => void, readonly string[]]>([
    [
      'a missing field',
      (json) => delete json.topics[0].partitions,
      ['topics[0].partitions: This is missing.'],
    ],
    [
      'a wrong type',
      (json) => (json.topics[0].partitions = 'four'),
      ['topics[0].partitions: This must be a number, but is “four”.'],
    ],
    [
      'a fraction',
      (json) => (json.topics[0].partitions = 1.5),
      ['topics[0].partitions: This must be a whole number, but is 1.5.'],
    ],
    [
      'too small a number',
      (json) => (json.topics[0].partitions = 0),
      ['topics[0].partitions: This must be at least 1.'],
    ],
    [
      'a word that is not one of the known',
      (json) => (json.topics[0].cleanup = 'shred'),
      ['topics[0].cleanup: This must be one of "delete", "compact", "compact,delete", but is “shred”.'],
    ],
    [
      'an unknown field',
      (json) => (json.topics[1].colour = 'red'),
      ['topics[1].colour: This is not a field that is known here.'],
    ],
    [
      'an unknown kind of operator',
      (json) => (json.services[0].operators[0].kind = 'teleport'),
      ['services[0].operators[0].kind: This is “teleport”, which is not a kind that is known here.'],
    ],
    [
      'a bad id',
      (json) => (json.externals[0].id = 'The Shop'),
      [
        'externals[0].id: This is “The Shop”, which does not fit: an id is lower-case letters, digits and hyphens, and starts with a letter.',
      ],
    ],
    [
      'a type that is none',
      (json) => (json.topics[0].value.type = { list: 'strings' }),
      [
        'topics[0].value.type: This must be a type: string, int, double, boolean, timestamp, bytes, {"ref": schema id}, {"list": type} or {"map": type}.',
      ],
    ],
    ['an empty text', (json) => (json.name = ''), ['name: This must have at least 1 characters.']],
    ['a reserved name', (json) => (json.topics[0].name = '..'), ['topics[0].name: This cannot be . or ...']],
  ])('%s', (_, change, expected) => {
    expect(problemsAfter(change)).toEqual(expected);
  });
});

describe('problems of integrity', () => {
  it.each<[string, (json: ReturnType<typeof copy>) => void, readonly string[]]>([
    [
      'an id given twice',
      (json) => (json.feeds[0].id = 'orders-in'),
      ['services[0].operators[0].id: The id “orders-in” is already that of feeds[0]; every id must differ.'],
    ],
    [
      'a topic that is not there',
      (json) => (json.services[0].operators[0].topic = 'gone'),
      ['services[0].operators[0].topic: There is no topic with the id “gone”.'],
    ],
    [
      'a schema that is not there',
      (json) => (json.topics[1].value.type = { list: { map: { ref: 'gone' } } }),
      ['topics[1].value.type.list.map.ref: There is no schema with the id “gone”.'],
    ],
    [
      'an owner that is not there',
      (json) => (json.topics[0].ownership = { owners: [{ service: 'gone', types: ['A'] }] }),
      ['topics[0].ownership.owners[0].service: There is no service with the id “gone”.'],
    ],
    [
      'a topic of an external that is not there',
      (json) => (json.externals[0].writes = ['orders', 'gone']),
      ['externals[0].writes[1]: There is no topic with the id “gone”.'],
    ],
    [
      'a gateway that is not one',
      (json) => (json.feeds[0].into = { gateway: 'out' }),
      ['feeds[0].into.gateway: There is no HTTP write operator with the id “out”.'],
    ],
    [
      'a port that is not there',
      (json) => (json.services[0].wires[1].from.port = 'small'),
      ['services[0].wires[1].from.port: The operator “split” has no output “small”.'],
    ],
    [
      'a wire between services',
      (json) => json.services.push({ ...buildService('other', []), wires: json.services[0].wires.splice(1) }),
      [
        'services[1].wires[0].from.operator: The operator “split” is not in this service; a wire stays inside one.',
        'services[1].wires[0].to.operator: The operator “out” is not in this service; a wire stays inside one.',
      ],
    ],
    [
      'two branches of one id',
      (json) => json.services[0].operators[1].branches.push({ id: 'big', name: 'Big too', condition: '' }),
      [
        'services[0].operators[1]: This operator has two ports with the id “big”; the ids of its branches must differ.',
      ],
    ],
  ])('%s', (_, change, expected) => {
    expect(problemsAfter(change)).toEqual(expected);
  });

  it('forgets the box of what is not there, as a merge can leave it', () => {
    const json = copy(design);
    json.layout.nodes.gone = { x: 0, y: 0 };
    expect(parseDesign(JSON.stringify(json))).toEqual({ ok: true, value: design });
  });

  it('accepts a drawing that is not finished', () => {
    expect(problemsAfter((json) => (json.services[0].operators[0].topic = null))).toEqual([]);
  });
});

describe('parseDesign never throws', { timeout: 120_000 }, () => {
  it('whatever the text', () => {
    fc.assert(fc.property(fc.string(), explains));
  });

  it('whatever the JSON', () => {
    const claimed = fc.record({
      format: fc.constant('millstream-design'),
      version: fc.constantFrom(0, 1),
      name: fc.jsonValue(),
      topics: fc.jsonValue(),
      services: fc.array(fc.record({ id: fc.string(), operators: fc.jsonValue(), wires: fc.jsonValue() })),
      connections: fc.jsonValue(),
    });
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue(), claimed).map((value) => JSON.stringify(value)),
        explains,
      ),
    );
  });

  it('whatever one value in a design becomes', () => {
    const places = placesIn(design, []);
    const hostile = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom({ toString: 1 }, 'orders', 'out', [], {}, null, -1),
    );
    fc.assert(
      fc.property(fc.constantFrom(...places), hostile, (place, value) => {
        const json = copy(design);
        const holder = jsonAt(json, place.slice(0, -1));
        Reflect.set(Object(holder), place.at(-1) ?? '', value);
        explains(JSON.stringify(json));
      }),
      { numRuns: 500 },
    );
  });
});

/** Either a design, or at least one problem, each with something to say. */
function explains(text: string): void {
  const result = parseDesign(text);
  if (result.ok) return;
  expect(result.error.length).toBeGreaterThan(0);
  for (const problem of result.error) expect(designProblemText(problem)).toMatch(/^.+\.$/s);
}

function placesIn(value: unknown, path: JsonPath): readonly JsonPath[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, each]) => placesIn(each, [...path, key]));
  return path.length === 0 ? inner : [path, ...inner];
}
