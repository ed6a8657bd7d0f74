import { describe, expect, it } from 'vitest';
import type { Design, Schema } from '../../design/design.ts';
import type { Operator } from '../../design/operators/registry.ts';
import { buildDesign, buildService, buildTopic } from '../../design/testing/build-design.ts';
import { checkDesign } from '../check-design.ts';
import { afterFixes, findings } from '../testing/findings.ts';
import { operator, reads, writes } from '../testing/operators.ts';

const order: Schema = {
  id: 'order',
  name: 'Order',
  kind: 'record',
  fields: [
    { name: 'id', type: 'string' },
    { name: 'quantity', type: 'int' },
  ],
};
const orderTopic = buildTopic('orders', { value: { type: { ref: 'order' } } });

function service(operators: readonly Operator[], lines: readonly string[] = []): Design {
  return buildDesign({
    schemas: [order],
    topics: [orderTopic, buildTopic('texts'), buildTopic('numbers', { key: { type: 'int' }, partitions: 4 })],
    services: [buildService('one', operators, lines)],
  });
}

describe('DS-01 and DS-02 wires and topics', () => {
  it('finds inputs without a wire, but a dead letter needs none', () => {
    const design = service(
      [operator('join', 'both'), operator('deadLetter', 'dead'), reads('in', 'orders')],
      ['in > both.left'],
    );
    expect(findings(design, 'DS-01')).toEqual(['both: The input “right” of “both” in one is not wired.']);
  });

  it('finds what has no topic, but not a sink that is routed', () => {
    const routed = operator('sink', 'routed', { route: 'key', routes: ['texts'] });
    const design = service([
      reads('in', 'orders'),
      operator('stream', 'nowhere'),
      operator('sink', 'out'),
      routed,
    ]);
    expect(findings(design, 'DS-02')).toEqual([
      'nowhere: “nowhere” in one has no topic.',
      'out: “out” in one has no topic.',
    ]);
  });
});

describe('DS-03 expressions', () => {
  it('says what is wrong, and where in the text', () => {
    const design = service(
      [
        reads('in', 'orders'),
        operator('filter', 'some', { condition: 'value.quantty > 1' }),
        operator('filter', 'none', { condition: '' }),
        operator('filter', 'mine', { condition: { handler: 'isMine' } }),
      ],
      ['in > some', 'some > none', 'none > mine'],
    );
    expect(findings(design, 'DS-03')).toEqual([
      'some: The condition of “some” in one: value.quantty: Order has no field quantty; did you mean quantity?',
      'none: The condition of “none” in one is empty.',
    ]);
    const [first] = checkDesign(design).filter(({ code }) => code === 'DS-03');
    expect(first).toMatchObject({
      severity: 'error',
      where: { kind: 'operator', id: 'some', field: 'condition' },
      data: { start: 0, end: 13, problem: 'unknown-field' },
    });
  });

  it('knows the parameters of a path', () => {
    const get = operator('httpQuery', 'get', { path: '/orders/{id}', key: 'params.oid' });
    const design = service([operator('table', 'in', { topic: 'orders' }), get], ['in > get']);
    expect(findings(design, 'DS-03')).toEqual([
      'get: The key of “get” in one: params.oid: the path /orders/{id} has no field oid; did you mean id?',
    ]);
  });

  it('checks feeds, and each condition of a branch', () => {
    const branches = [
      { id: 'big', name: 'big', condition: 'value.quantity > 9' },
      { id: 'odd', name: 'odd', condition: 'value.quantity' },
    ];
    const design: Design = {
      ...service([reads('in', 'orders'), operator('branch', 'split', { branches })], ['in > split']),
      feeds: [
        { id: 'feed', name: 'Feed', into: { topic: 'orders' }, value: '{"id": string(n)}', perSecond: 1 },
      ],
    };
    expect(findings(design, 'DS-03')).toEqual([
      'split: Condition 2 of “split” in one: value.quantity is int, but condition 2 is boolean.',
      'feed: The value of the feed “Feed”: Order needs the field quantity.',
    ]);
  });
});

describe('DS-04 parts', () => {
  it.each([
    [
      operator('aggregate', 'sum', { method: 'reduce' }),
      ['sum: “sum” in one has no value, so there is nothing to reduce.'],
    ],
    [
      operator('aggregate', 'sum', { groupBy: 'value.id' }),
      ['sum: “sum” in one groups by a key without its type.'],
    ],
    [
      operator('aggregate', 'sum', { output: 'string' }),
      ['sum: “sum” in one counts, so its result is an int.'],
    ],
    [
      operator('aggregate', 'sum', { suppress: { kind: 'untilWindowCloses' } }),
      ['sum: “sum” in one holds its results until a window closes, but has no window.'],
    ],
    [
      operator('aggregate', 'sum', { over: 'table', method: 'aggregate', value: 'aggregate', initial: '0' }),
      [
        'sum: “sum” in one aggregates a table and must say by which key it groups.',
        'sum: “sum” in one aggregates a table and must say how an old value is taken out.',
      ],
    ],
    [
      operator('aggregate', 'sum', {
        method: 'aggregate',
        value: 'aggregate',
        initial: '0',
        window: { kind: 'session', gapMs: 1, graceMs: 0 },
      }),
      ['sum: “sum” in one does not say what two sessions become when they are one.'],
    ],
    [
      operator('join', 'both', { inputs: 'streamGlobalTable', type: 'outer' }),
      [
        'both: “both” in one does not say which key it looks up on the right.',
        'both: “both” in one cannot be an outer join: only two streams or two tables can.',
      ],
    ],
    [operator('map', 'new', { key: 'value.id' }), ['new: “new” in one has a key without its type.']],
    [operator('aggregate', 'sum'), []],
    [operator('join', 'both'), []],
  ] as const)('%#', (part, expected) => {
    expect(findings(service([part]), 'DS-04')).toEqual(expected);
  });
});

describe('DS-05 a sink writes what its topic holds', () => {
  it('finds another value and another key', () => {
    const parts = [
      reads('in', 'orders'),
      writes('out', 'texts'),
      writes('more', 'numbers'),
      writes('fine', 'orders'),
    ];
    const design = service(parts, ['in > out', 'in > more', 'in > fine']);
    expect(findings(design, 'DS-05')).toEqual([
      'out: “out” in one writes values of type Order to texts, whose values are string.',
      'more: “more” in one writes keys of type string to numbers, whose keys are int.',
      'more: “more” in one writes values of type Order to numbers, whose values are string.',
    ]);
  });
});

describe('names', () => {
  it('DS-06 finds two stores of one name in a service, not in two services', () => {
    const counts = [operator('aggregate', 'a'), operator('aggregate', 'b')];
    expect(findings(service(counts), 'DS-06')).toEqual([
      'b: “b” in one keeps its state in “counts”, as “a” does.',
    ]);
    const apart = buildDesign({ services: counts.map((one, at) => buildService(`service-${at}`, [one])) });
    expect(findings(apart, 'DS-06')).toEqual([]);
  });

  it('DS-07 finds two topics of one name', () => {
    const names = ['a.b', 'a_b', 'a-b', 'a.b'];
    const design = buildDesign({ topics: names.map((name, at) => buildTopic(`topic-${at}`, { name })) });
    expect(findings(design, 'DS-07')).toEqual([
      'topic-1: a_b and a.b differ only in dots and underscores, which Kafka refuses.',
      'topic-3: Two topics are called a.b.',
    ]);
  });

  it('ST-05 finds two services of one application id', () => {
    const services = ['one', 'two'].map((id) => ({ ...buildService(id, []), applicationId: 'same' }));
    expect(findings(buildDesign({ services }), 'ST-05')).toEqual([
      'two: two and one have the same application id, same.',
    ]);
    expect(
      findings(buildDesign({ services: [buildService('one', []), buildService('two', [])] }), 'ST-05'),
    ).toEqual([]);
  });
});

describe('shape', () => {
  it('DS-08 tells an empty service', () => {
    expect(findings(service([]), 'DS-08')).toEqual(['one: one has no operators yet.']);
    expect(findings(service([reads('in', 'orders')]), 'DS-08')).toEqual([]);
  });

  it('DS-09 finds a circle of wires', () => {
    const parts = [operator('filter', 'a'), operator('filter', 'b')];
    expect(findings(service(parts, ['a > b', 'b > a']), 'DS-09')).toHaveLength(1);
    expect(findings(service(parts, ['a > b']), 'DS-09')).toEqual([]);
  });

  it('DS-10 finds a merge of different types', () => {
    const parts = [reads('a', 'orders'), reads('b', 'texts'), operator('merge', 'all')];
    expect(findings(service(parts, ['a > all', 'b > all']), 'DS-10')).toEqual([
      'all: “all” in one merges streams whose values are Order and string.',
    ]);
    expect(findings(service(parts, ['a > all']), 'DS-10')).toEqual([]);
  });

  it('DS-11 finds what gives to nobody', () => {
    const parts = [
      reads('a', 'orders'),
      operator('filter', 'b'),
      operator('sideEffect', 'c'),
      operator('aggregate', 'd'),
    ];
    expect(findings(service(parts, ['a > c', 'a > d']), 'DS-11')).toEqual([
      'b: Nothing takes what “b” in one gives.',
    ]);
  });
});

describe('SC-01 and SC-02 what a join needs', () => {
  const left = reads('left', 'texts');
  const right = operator('table', 'right', { topic: 'numbers' });
  const join = operator('join', 'both', { inputs: 'streamTable' });

  it('finds different partition counts and key types', () => {
    const design = service([left, right, join], ['left > both.left', 'right > both.right']);
    expect(findings(design, 'SC-01')).toEqual([
      'both: “both” in one brings together inputs of 1 and 4 partitions; put a repartition before one side.',
    ]);
    expect(findings(design, 'SC-02')).toEqual([
      'both: “both” in one brings together keys of type string and int; rekey one side before it.',
    ]);
  });

  it('is content after a new key, which repartitions by itself', () => {
    const rekey = operator('selectKey', 'rekey', { key: '1', keyType: 'int' });
    const design = service(
      [left, rekey, right, join],
      ['left > rekey', 'rekey > both.left', 'right > both.right'],
    );
    expect(findings(design, 'SC-01')).toEqual([]);
    expect(findings(design, 'SC-02')).toEqual([]);
    expect(findings(design, 'SC-07')).toEqual([
      'both: “both” in one costs 1 hop through a repartition topic, because the key changes before it.',
    ]);
  });

  it.each([
    [{}, 0],
    [{ partitions: 4 }, 0],
    [{ partitions: 3 }, 1],
  ])('takes a repartition at its word: %j', (fields, count) => {
    const repartition = operator('repartition', 'again', fields);
    const lines = ['left > again', 'again > both.left', 'right > both.right'];
    expect(findings(service([left, repartition, right, join], lines), 'SC-01')).toHaveLength(count);
  });

  it('asks nothing of a global table or a foreign key', () => {
    const everywhere = operator('globalTable', 'right', { topic: 'numbers' });
    const lookup = operator('join', 'both', { inputs: 'streamGlobalTable', on: '1' });
    const design = service([left, everywhere, lookup], ['left > both.left', 'right > both.right']);
    expect([
      ...findings(design, 'SC-01'),
      ...findings(design, 'SC-02'),
      ...findings(design, 'SC-07'),
    ]).toEqual([]);
  });

  it('holds for a gather', () => {
    const design = service(
      [left, reads('items', 'numbers'), operator('gather', 'wait')],
      ['left > wait.start', 'items > wait.items'],
    );
    expect(findings(design, 'SC-01')).toHaveLength(1);
    expect(findings(design, 'SC-02')).toHaveLength(1);
  });

  it('counts the hop of a grouping by another key, and none without', () => {
    const group = operator('aggregate', 'sum', { groupBy: 'value', groupKeyType: 'string' });
    expect(findings(service([left, group], ['left > sum']), 'SC-07')).toHaveLength(1);
    expect(findings(service([left, operator('aggregate', 'sum')], ['left > sum']), 'SC-07')).toEqual([]);
  });
});

describe('windows', () => {
  it('WT-02 finds a join of streams without a window', () => {
    const join = operator('join', 'both', { inputs: 'streamStream' });
    expect(findings(service([join]), 'WT-02')).toEqual([
      'both: “both” in one joins two streams without a window.',
    ]);
    expect(afterFixes(service([join]), 'WT-02')).toEqual([]);
    expect(findings(service([operator('join', 'both')]), 'WT-02')).toEqual([]);
  });

  it('WT-03 finds a side effect on each update of a window', () => {
    const window = { kind: 'tumbling', sizeMs: 60_000, graceMs: 0 } as const;
    const build = (fields: object) =>
      service(
        [
          reads('in', 'texts'),
          operator('aggregate', 'sum', fields),
          operator('toStream', 'changes'),
          operator('sideEffect', 'mail'),
        ],
        ['in > sum', 'sum > changes', 'changes > mail'],
      );
    expect(findings(build({ window }), 'WT-03')).toEqual([
      'mail: “mail” in one acts on every update of “sum”, before its window is over.',
    ]);
    expect(afterFixes(build({ window }), 'WT-03')).toEqual([]);
    expect(findings(build({}), 'WT-03')).toEqual([]);
  });
});
