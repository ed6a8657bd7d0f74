import { describe, expect, it } from 'vitest';
import type { Schema, Topic } from '../../design/design.ts';
import type { OperatorOf } from '../../design/operators/registry.ts';
import { buildDesign, buildService, buildTopic } from '../../design/testing/build-design.ts';
import { afterFixes, findings } from '../testing/findings.ts';
import { operator, reads, writes } from '../testing/operators.ts';

const asStream = buildService('streamer', [reads('as-stream', 'facts')]);
const asTable = buildService('tabler', [operator('table', 'as-table', { topic: 'facts' })]);

function topic(parts: Partial<Topic>, ...services: (typeof asStream)[]) {
  return buildDesign({ topics: [buildTopic('facts', parts)], services });
}

describe('retention', () => {
  it('RT-01 finds a truth that expires, by age or by size', () => {
    const byAge = topic({ sourceOfTruth: true, retentionMs: 1 });
    expect(findings(byAge, 'RT-01')).toEqual([
      'facts: facts is a source of truth, but its records are deleted by age.',
    ]);
    const bySize = topic({
      sourceOfTruth: true,
      config: { 'retention.bytes': '10', 'min.insync.replicas': '2' },
    });
    expect(findings(bySize, 'RT-01')).toHaveLength(1);
    expect([...afterFixes(byAge, 'RT-01'), ...afterFixes(bySize, 'RT-01')]).toEqual([]);
    expect(findings(topic({ sourceOfTruth: true }), 'RT-01')).toEqual([]);
    expect(findings(topic({ sourceOfTruth: true, cleanup: 'compact', retentionMs: 1 }), 'RT-01')).toEqual([]);
    expect(findings(topic({ retentionMs: 1 }), 'RT-01')).toEqual([]);
  });

  it('RT-02 finds a table over a topic that is not compacted', () => {
    expect(findings(topic({}, asTable), 'RT-02')).toEqual([
      'facts: tabler reads facts as a table, but it is not compacted, so it grows for ever.',
    ]);
    const expiring = topic({ retentionMs: 1 }, asTable, asStream);
    expect(findings(expiring, 'RT-02')).toEqual([
      'facts: tabler reads facts as a table, but it is not compacted, so keys that do not change expire.',
    ]);
    expect([...afterFixes(topic({}, asTable), 'RT-02'), ...afterFixes(expiring, 'RT-02')]).toEqual([]);
    expect(findings(topic({ cleanup: 'compact' }, asTable), 'RT-02')).toEqual([]);
    expect(findings(topic({}, asTable, asStream), 'RT-02')).toEqual([]);
  });

  it('RT-03 finds facts that compaction loses', () => {
    const design = topic({ cleanup: 'compact' }, asStream);
    expect(findings(design, 'RT-03')).toEqual([
      'facts: streamer reads facts as a stream, but it is compacted and may have lost earlier records of a key.',
    ]);
    expect(afterFixes(design, 'RT-03')).toEqual([]);
    expect(findings(topic({ cleanup: 'compact', role: 'state' }, asStream), 'RT-03')[0]).toMatch(
      /^warning facts/,
    );
    expect(findings(topic({ cleanup: 'compact' }, asTable), 'RT-03')).toEqual([]);
    expect(findings(topic({}, asStream), 'RT-03')).toEqual([]);
  });

  it('RT-04 tells a topic that is read both ways and kept', () => {
    expect(findings(topic({}, asTable, asStream), 'RT-04')).toEqual([
      'facts: facts is read as a table by tabler and as a stream by streamer, so it keeps every record.',
    ]);
    expect(findings(topic({}, asTable), 'RT-04')).toEqual([]);
    expect(findings(topic({ retentionMs: 1 }, asTable, asStream), 'RT-04')).toEqual([]);
  });

  it('RT-05 finds records without a key on a compacted topic', () => {
    const build = (cleanup: Topic['cleanup']) =>
      buildDesign({
        topics: [buildTopic('facts', { cleanup })],
        services: [buildService('gate', [operator('httpWrite', 'post', { topic: 'facts', key: 'null' })])],
        feeds: [
          { id: 'no-key', name: 'No key', into: { topic: 'facts' }, value: '""', perSecond: 1 },
          { id: 'keyed', name: 'Keyed', into: { topic: 'facts' }, key: '"k"', value: '""', perSecond: 1 },
        ],
      });
    expect(findings(build('compact'), 'RT-05')).toEqual([
      'post: “post” writes records without a key to facts, which is compacted.',
      'no-key: “No key” writes records without a key to facts, which is compacted.',
    ]);
    expect(findings(build('delete'), 'RT-05')).toEqual([]);
  });

  it('ST-03 finds a truth that one broker can take away', () => {
    const inSync = { 'min.insync.replicas': '2' };
    const weak = topic({ sourceOfTruth: true });
    expect(findings(weak, 'ST-03')).toEqual([
      'facts: facts is a source of truth, but has 1 replica, not three.',
    ]);
    const lax = topic({ sourceOfTruth: true, replication: 3 });
    expect(findings(lax, 'ST-03')).toEqual([
      'facts: facts is a source of truth, but acknowledges a record that only one replica has.',
    ]);
    const stuck = topic({ config: inSync });
    expect(findings(stuck, 'ST-03')).toEqual([
      'error facts: facts needs 2 replicas for each write but has 1, so no write with acks=all succeeds.',
    ]);
    for (const design of [weak, lax, stuck]) expect(afterFixes(design, 'ST-03')).toEqual([]);
    expect(findings(topic({ sourceOfTruth: true, replication: 3, config: inSync }), 'ST-03')).toEqual([]);
    expect(findings(topic({}), 'ST-03')).toEqual([]);
  });
});

describe('repetition', () => {
  const one = (guarantee: 'at_least_once' | 'exactly_once', ...parts: Parameters<typeof buildService>[1]) =>
    buildDesign({ services: [{ ...buildService('one', parts), guarantee }] });

  it('TX-01 finds sums that a crash makes wrong', () => {
    const count = operator('aggregate', 'count');
    const stock = operator('aggregate', 'sum', { method: 'aggregate', store: 'reservedStock' });
    expect(findings(one('at_least_once', count, stock), 'TX-01')).toEqual([
      'count: “count” in one may add a record twice after a crash, because the service processes at least once.',
      'error sum: “sum” in one may add a record twice after a crash, because the service processes at least once.',
    ]);
    expect(afterFixes(one('at_least_once', stock), 'TX-01')).toEqual([]);
    expect(findings(one('exactly_once', count, stock), 'TX-01')).toEqual([]);
  });

  it('TX-02 finds a side effect that may happen twice', () => {
    const mail = operator('sideEffect', 'mail');
    expect(findings(one('exactly_once', mail), 'TX-02')).toEqual([
      'mail: “mail” in one may happen twice for one record, although the service processes exactly once; give it an idempotence key.',
    ]);
    expect(findings(one('at_least_once', mail), 'TX-02')[0]).toMatch(/^warning mail/);
    const keyed = operator('sideEffect', 'mail', { idempotenceKey: 'key' });
    expect(findings(one('exactly_once', keyed), 'TX-02')).toEqual([]);
  });

  it('TX-04 tells a reader without a dead letter', () => {
    const source = reads('in', 'facts');
    expect(findings(one('exactly_once', source), 'TX-04')).toEqual([
      'one: one stops at the first record that it cannot process; a dead letter would let it go on.',
    ]);
    expect(findings(one('exactly_once', source, operator('deadLetter', 'dead')), 'TX-04')).toEqual([]);
    expect(findings(one('exactly_once', operator('httpWrite', 'post')), 'TX-04')).toEqual([]);
  });
});

describe('gathering', () => {
  const build = (fields: Partial<OperatorOf<'gather'>>, emitters: number) =>
    buildDesign({
      topics: [buildTopic('checks'), buildTopic('orders')],
      services: [
        buildService(
          'one',
          [reads('orders-in', 'orders'), reads('checks-in', 'checks'), operator('gather', 'wait', fields)],
          ['orders-in > wait.start', 'checks-in > wait.items'],
        ),
        ...Array.from({ length: emitters }, (_, at) =>
          buildService(`check-${at}`, [writes(`out-${at}`, 'checks')]),
        ),
      ],
    });

  it('TX-06 compares the count with the services drawn', () => {
    const design = build({ count: 3 }, 2);
    expect(findings(design, 'TX-06')).toEqual([
      'wait: “wait” in one waits for 3 answers, but 2 services answer.',
    ]);
    expect(afterFixes(design, 'TX-06')).toEqual([]);
    expect(findings(build({ count: 'emitters' }, 0), 'TX-06')).toEqual([
      'wait: “wait” in one waits for every service that answers, but none is drawn.',
    ]);
    expect(findings(build({ count: 2 }, 2), 'TX-06')).toEqual([]);
    expect(findings(build({ count: 5 }, 0), 'TX-06')).toEqual([]);
  });

  it('TX-08 finds a wait without an end', () => {
    const design = buildDesign({
      services: [buildService('one', [operator('gather', 'wait', { timeoutMs: undefined })])],
    });
    expect(findings(design, 'TX-08')).toEqual([
      'wait: “wait” in one waits for ever when an answer does not come.',
    ]);
    expect(afterFixes(design, 'TX-08')).toEqual([]);
    expect(findings(build({}, 1), 'TX-08')).toEqual([]);
  });
});

describe('TX-07 every outcome goes somewhere', () => {
  const schemas: readonly Schema[] = [
    { id: 'result', name: 'Result', kind: 'enum', symbols: ['PASS', 'FAIL', 'ERROR'] },
    { id: 'check', name: 'Check', kind: 'record', fields: [{ name: 'result', type: { ref: 'result' } }] },
  ];
  const build = (conditions: readonly string[], wired: readonly string[]) => {
    const branches = conditions.map((condition, at) => ({ id: `b${at}`, name: `Branch ${at}`, condition }));
    const parts = [
      reads('in', 'checks'),
      operator('branch', 'split', { branches }),
      operator('merge', 'all'),
    ];
    const lines = ['in > split', ...wired.map((port) => `split.${port} > all`)];
    return buildDesign({
      schemas: [...schemas],
      topics: [buildTopic('checks', { value: { type: { ref: 'check' } } })],
      services: [buildService('one', parts, lines)],
    });
  };
  const pass = 'value.result == "PASS"';
  const fail = "value.result == 'FAIL'";

  it('finds the symbols that nobody handles', () => {
    expect(findings(build([pass, fail], ['b0', 'b1']), 'TX-07')).toEqual([
      'split: “split” in one has no outcome for ERROR, and “otherwise” goes nowhere.',
    ]);
    expect(findings(build([pass, fail], ['b0', 'b1', 'otherwise']), 'TX-07')).toEqual([]);
    expect(findings(build([pass, fail, 'value.result == "ERROR"'], ['b0', 'b1', 'b2']), 'TX-07')).toEqual([]);
  });

  it('finds an outcome without a wire, and warns where it cannot tell', () => {
    expect(findings(build([pass], ['otherwise']), 'TX-07')).toEqual([
      'split: The outcome “Branch 0” of “split” in one goes nowhere.',
    ]);
    expect(findings(build(['key == "a"'], ['b0']), 'TX-07')).toEqual([
      'warning split: Records that meet no condition of “split” in one go nowhere.',
    ]);
  });
});

describe('schemas', () => {
  it('SM-05 finds money in a double', () => {
    const names = ['price', 'unitPrice', 'amountCents', 'taxRate', 'weight', 'discountPercent', 'total_cost'];
    const schema: Schema = {
      id: 'order',
      name: 'Order',
      kind: 'record',
      fields: [...names.map((name) => ({ name, type: 'double' as const })), { name: 'balance', type: 'int' }],
    };
    expect(findings(buildDesign({ schemas: [schema] }), 'SM-05').map((text) => text.split(' ')[1])).toEqual([
      'Order.price',
      'Order.unitPrice',
      'Order.amountCents',
      'Order.total_cost',
    ]);
  });

  it('SM-06 tells a sink that data routes', () => {
    const build = (fields: Partial<OperatorOf<'sink'>>) =>
      buildDesign({
        topics: [buildTopic('gold')],
        services: [buildService('one', [operator('sink', 'out', fields)])],
      });
    expect(findings(build({ route: 'key', routes: ['gold'] }), 'SM-06')).toEqual([
      'out: “out” in one chooses among gold by its data; a name that is none of these is an error when it runs.',
    ]);
    expect(findings(build({ route: 'key' }), 'SM-06')[0]).toMatch(/^warning out/);
    expect(findings(build({ topic: 'gold' }), 'SM-06')).toEqual([]);
  });
});
