import type { Design } from '../../design/design.ts';
import type { OperatorKind, OperatorOf } from '../../design/operators/registry.ts';
import { gatherCount } from '../../design/queries/gather-count.ts';
import { indexDesign } from '../../design/queries/index-design.ts';
import { wiresInto } from '../../design/queries/wires.ts';
import { isFinal } from '../../design/windows.ts';

/** What an operator lacks to be generated, each as the rest of a sentence. */
export function missingParts<K extends OperatorKind>(
  design: Design,
  operator: OperatorOf<K>,
): readonly string[] {
  const find: Finder<K> | undefined = finders[operator.kind as K];
  return (find?.(operator, design) ?? []).filter((says) => says !== false);
}

type Finder<K extends OperatorKind> = (
  operator: OperatorOf<K>,
  design: Design,
) => readonly (string | false)[];

const noTopic = (operator: { topic: string | null }, design: Design): string | false =>
  (operator.topic === null || !indexDesign(design).topics.has(operator.topic)) &&
  'it has no topic; connect one.';

const finders: { readonly [K in OperatorKind]?: Finder<K> } = {
  stream: (operator, design) => [noTopic(operator, design)],
  table: (operator, design) => [noTopic(operator, design)],
  globalTable: (operator, design) => [noTopic(operator, design)],
  sink: (operator, design) => [
    operator.route === undefined && noTopic(operator, design),
    operator.route !== undefined &&
      operator.topic === null &&
      (operator.routes ?? []).length === 0 &&
      'it routes to no topic; list the topics it may name.',
  ],
  deadLetter: (operator, design) => [noTopic(operator, design)],
  map: (operator) => [
    operator.key !== undefined && operator.keyType === undefined && 'its new key has no type; say it.',
  ],
  join: (operator, design) => [
    operator.inputs === 'streamStream' && operator.window === undefined && 'it has no window; state one.',
    operator.inputs === 'streamGlobalTable' &&
      operator.on === undefined &&
      'it does not say which key to look up; write it.',
    operator.inputs === 'foreignKey' &&
      operator.on === undefined &&
      'it does not say the foreign key; write it.',
    operator.type === 'outer' &&
      operator.inputs !== 'streamStream' &&
      operator.inputs !== 'tableTable' &&
      'only two streams or two tables have an outer join; choose left or inner.',
    operator.inputs === 'streamTable' &&
      operator.graceMs !== undefined &&
      holdsBack(design, operator.id) &&
      'it waits for the row of each record’s time, but its table holds results back; give up one of the two.',
  ],
  aggregate: (operator) => [
    operator.method !== 'count' &&
      operator.value === undefined &&
      'it does not say the new aggregate; write it.',
    operator.method === 'aggregate' && operator.initial === undefined && 'it has no initial value; write it.',
    operator.groupBy !== undefined &&
      operator.groupKeyType === undefined &&
      'its group’s key has no type; say it.',
    operator.over === 'table' &&
      operator.groupBy === undefined &&
      'it does not say how rows are grouped; write it.',
    operator.over === 'table' &&
      operator.method !== 'count' &&
      operator.subtract === undefined &&
      'it does not say how an old value is taken out; write it.',
    operator.over === 'table' &&
      operator.window !== undefined &&
      'it aggregates a table, which has no windows.',
    operator.window?.kind === 'session' &&
      operator.method === 'aggregate' &&
      operator.merge === undefined &&
      'it does not say what two sessions amount to when they become one; write it.',
    isFinal(operator.suppress) &&
      operator.window === undefined &&
      'it holds its results until a window closes, but has no window; add one, or choose a time.',
  ],
  gather: (operator, design) => [
    gatherCount(design, operator) === 0 &&
      'it waits for the services that write its answers, and no service does; wire one, or state the count.',
  ],
  httpWrite: (operator, design) => [
    noTopic(operator, design),
    (operator.accepts === null || indexDesign(design).schemas.get(operator.accepts)?.kind !== 'record') &&
      'it does not say which record it accepts; choose a schema.',
  ],
};

/** Whether the table of a join gives its rows later than it has them. */
function holdsBack(design: Design, join: string): boolean {
  return wiresInto(design, join, 'right').some(({ from }) => {
    const table = indexDesign(design).operators.get(from.operator)?.operator;
    return table?.kind === 'aggregate' && table.suppress !== undefined;
  });
}
