import type { Service } from '../design.ts';
import type { Operator } from '../operators/registry.ts';

/** A stream may be quiet while its table goes on: what waits meets its row only if that is still known. */
const quietMs = 3_600_000;

/**
 * How long a table must keep earlier versions of its rows, in milliseconds: an hour more than the longest grace of
 * the joins that read it as of their records' times. Null where its latest rows are enough. Tables of one topic
 * share a store.
 */
export function historyRetentionMs(service: Service, operator: Operator): number | null {
  const graces = service.operators
    .filter((other) => sharesRows(operator, other))
    .flatMap((other) => followers(service, other, 'right'))
    .flatMap((join) =>
      join.kind === 'join' && join.inputs === 'streamTable' && join.graceMs !== undefined
        ? [join.graceMs]
        : [],
    );
  return graces.length === 0 ? null : Math.max(...graces) + quietMs;
}

/**
 * Whether a join of tables keeps its result in a store: where somebody asks for its rows, or where a foreign-key
 * join must know how they are written. A later join by key works them out again from both sides.
 */
export function keepsResult(service: Service, operator: Operator): boolean {
  if (operator.kind !== 'join') return false;
  if (operator.inputs !== 'tableTable' && operator.inputs !== 'foreignKey') return false;
  if (historyRetentionMs(service, operator) !== null) return true;
  return followers(service, operator).some((next) => {
    if (next.kind === 'httpQuery') return true;
    if (operator.inputs === 'foreignKey') return next.kind === 'join' || next.kind === 'aggregate';
    return next.kind === 'join' && next.inputs === 'foreignKey';
  });
}

function sharesRows(operator: Operator, other: Operator): boolean {
  if (operator === other) return true;
  return operator.kind === 'table' && other.kind === 'table' && operator.topic === other.topic;
}

function followers(service: Service, operator: Operator, port?: string): readonly Operator[] {
  const ids = service.wires
    .filter(({ from, to }) => from.operator === operator.id && (port === undefined || to.port === port))
    .map(({ to }) => to.operator);
  return service.operators.filter(({ id }) => ids.includes(id));
}
