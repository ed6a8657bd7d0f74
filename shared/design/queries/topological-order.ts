import { err, ok, type Result } from '../../base/result.ts';
import type { Service } from '../design.ts';
import type { Operator } from '../operators/registry.ts';

/** Ids of operators, each wired to the next and the last to the first. */
export interface WireCycle {
  readonly cycle: readonly string[];
}

/**
 * A service's operators, each after all that are wired into it; among those that are free, the order of the
 * file. The error names one cycle.
 */
export function topologicalOrder(service: Service): Result<readonly Operator[], WireCycle> {
  const operators = new Map(service.operators.map((operator) => [operator.id, operator]));
  const waiting = new Map(service.operators.map((operator) => [operator.id, 0]));
  const next = targets(service);
  for (const to of [...next.values()].flat()) waiting.set(to, (waiting.get(to) ?? 0) + 1);

  const order: Operator[] = [];
  const ready = service.operators.filter((operator) => waiting.get(operator.id) === 0).map(({ id }) => id);
  for (let id = ready.shift(); id !== undefined; id = ready.shift()) {
    const operator = operators.get(id);
    if (operator) order.push(operator);
    for (const to of next.get(id) ?? []) {
      const left = (waiting.get(to) ?? 0) - 1;
      waiting.set(to, left);
      if (left === 0) ready.push(to);
    }
  }
  if (order.length === service.operators.length) return ok(order);
  return err({ cycle: findCycle(service, new Set(order.map(({ id }) => id))) });
}

/** The operators reached from `start` along wires, itself included. */
export function reachedFrom(service: Service, start: string): ReadonlySet<string> {
  const next = targets(service);
  const seen = new Set([start]);
  for (const id of seen) for (const to of next.get(id) ?? []) seen.add(to);
  return seen;
}

function targets(service: Service): ReadonlyMap<string, readonly string[]> {
  const next = new Map<string, string[]>(service.operators.map((operator) => [operator.id, []]));
  for (const wire of service.wires) {
    if (next.has(wire.to.operator)) next.get(wire.from.operator)?.push(wire.to.operator);
  }
  return next;
}

/** Walks backwards among the operators that no order reaches; each of them has another of them before it. */
function findCycle(service: Service, ordered: ReadonlySet<string>): readonly string[] {
  const before = new Map<string, string>();
  for (const { from, to } of service.wires) {
    if (!ordered.has(from.operator) && !ordered.has(to.operator)) before.set(to.operator, from.operator);
  }
  const path: string[] = [];
  let id = service.operators.find((operator) => !ordered.has(operator.id))?.id;
  while (id !== undefined && !path.includes(id)) {
    path.push(id);
    id = before.get(id);
  }
  const [first, ...rest] = id === undefined ? path : path.slice(path.indexOf(id));
  return first === undefined ? [] : [first, ...rest.reverse()];
}
