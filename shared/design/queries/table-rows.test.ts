import { expect, test } from 'vitest';
import type { Service } from '../design.ts';
import type { JoinInputs } from '../operators/join.ts';
import type { Operator } from '../operators/registry.ts';
import { buildService } from '../testing/build-design.ts';
import { storeNameIn } from './kafka-names.ts';
import { historyRetentionMs, keepsResult } from './table-rows.ts';

const hour = 3_600_000;
const table = (id: string, topic = id): Operator => ({ id, name: id, kind: 'table', topic });
const stream: Operator = { id: 's', name: 's', kind: 'stream', topic: 's' };
const query: Operator = { id: 'ask', name: 'Ask', kind: 'httpQuery', path: '/x/{id}', key: 'params.id' };

function join(id: string, inputs: JoinInputs, graceMs?: number): Operator {
  const base = { id, name: id, kind: 'join', inputs, type: 'inner', value: '0', output: 'int' } as const;
  return graceMs === undefined ? base : { ...base, graceMs };
}

function find(service: Service, id: string): Operator {
  const found = service.operators.find((operator) => operator.id === id);
  if (found === undefined) throw new Error(`There is no ${id}.`);
  return found;
}

test('a table keeps versions an hour longer than the longest grace of the streams that read it', () => {
  const service = buildService(
    'one',
    [stream, table('a'), table('b'), join('short', 'streamTable', 10), join('long', 'streamTable', 500)],
    ['s > short.left', 'a > short.right', 's > long.left', 'a > long.right'],
  );
  expect(historyRetentionMs(service, find(service, 'a'))).toBe(hour + 500);
  expect(historyRetentionMs(service, find(service, 'b'))).toBeNull();
  expect(historyRetentionMs(service, find(service, 's'))).toBeNull();
});

test('tables of one topic share a store, and so their history', () => {
  const service = buildService(
    'one',
    [stream, table('a', 'rows'), table('again', 'rows'), join('late', 'streamTable', 10)],
    ['s > late.left', 'again > late.right'],
  );
  expect(historyRetentionMs(service, find(service, 'a'))).toBe(hour + 10);
});

test('a join of tables keeps its result for those who ask, and where foreign keys need its bytes', () => {
  const service = (inputs: JoinInputs, next: Operator, port: string) =>
    buildService(
      'one',
      [table('a'), table('b'), join('both', inputs), next],
      ['a > both.left', 'b > both.right', `both > ${next.id}.${port}`],
    );
  const kept = (inputs: JoinInputs, next: Operator, port: string) => {
    const drawn = service(inputs, next, port);
    const isKept = keepsResult(drawn, find(drawn, 'both'));
    expect(storeNameIn(drawn, find(drawn, 'both'))).toBe(isKept ? 'both' : null);
    return isKept;
  };
  const changes: Operator = { id: 'changes', name: 'changes', kind: 'toStream' };
  expect(kept('tableTable', query, 'in')).toBe(true);
  expect(kept('tableTable', join('next', 'foreignKey'), 'right')).toBe(true);
  expect(kept('tableTable', join('next', 'tableTable'), 'left')).toBe(false);
  expect(kept('tableTable', changes, 'in')).toBe(false);
  expect(kept('foreignKey', join('next', 'tableTable'), 'left')).toBe(true);
  expect(kept('foreignKey', changes, 'in')).toBe(false);
  expect(kept('tableTable', join('next', 'streamTable', 5), 'right')).toBe(true);
  expect(kept('streamTable', changes, 'in')).toBe(false);
});
