import type { Design } from '../design/design.ts';
import type { Operator, OperatorOf } from '../design/operators/registry.ts';
import { indexDesign } from '../design/queries/index-design.ts';
import { wiresFrom, wiresInto } from '../design/queries/wires.ts';

/** Whether a record that arrives at this port makes the operator give records of its own. */
export function carriesRecords(operator: Operator, port: string): boolean {
  const looksUp =
    operator.kind === 'join' &&
    (operator.inputs === 'streamTable' || operator.inputs === 'streamGlobalTable');
  return !(looksUp && port === 'right');
}

/** The operators whose records come straight into this one. */
export function upstreamOf(design: Design, operator: Operator): readonly Operator[] {
  const { operators } = indexDesign(design);
  return wiresInto(design, operator.id)
    .filter((wire) => carriesRecords(operator, wire.to.port))
    .flatMap((wire) => operators.get(wire.from.operator)?.operator ?? []);
}

/** The operators that get this one's records. */
export function downstreamOf(design: Design, operator: Operator): readonly Operator[] {
  const { operators } = indexDesign(design);
  return wiresFrom(design, operator.id).flatMap((wire) => {
    const next = operators.get(wire.to.operator)?.operator;
    return next && carriesRecords(next, wire.to.port) ? [next] : [];
  });
}

/** Everything reached by following `next` from `start`, without `start` itself unless it is reached again. */
export function reached(
  start: Operator,
  next: (operator: Operator) => readonly Operator[],
): ReadonlySet<Operator> {
  const seen = new Set(next(start));
  for (const operator of seen) for (const following of next(operator)) seen.add(following);
  return seen;
}

/** All operators of one kind, in the order of the file. */
export function operatorsOf<K extends Operator['kind']>(design: Design, kind: K): readonly OperatorOf<K>[] {
  return (operatorsByKind(design).get(kind) as readonly OperatorOf<K>[] | undefined) ?? [];
}

const byKind = new WeakMap<Design, ReadonlyMap<Operator['kind'], readonly Operator[]>>();

function operatorsByKind(design: Design): ReadonlyMap<Operator['kind'], readonly Operator[]> {
  const known = byKind.get(design);
  if (known) return known;
  const operators = design.services.flatMap((service) => service.operators);
  const found = Map.groupBy(operators, (operator) => operator.kind);
  byKind.set(design, found);
  return found;
}
