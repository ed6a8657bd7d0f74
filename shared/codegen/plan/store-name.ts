import type { Design } from '../../design/design.ts';
import type { Operator } from '../../design/operators/registry.ts';
import { indexDesign } from '../../design/queries/index-design.ts';

/**
 * The name of the store that an operator keeps: its own, or its id. A source that reads the same topic as an
 * earlier one of its kind shares that one's store.
 */
export function storeName(design: Design, operatorId: string): string {
  const placed = indexDesign(design).operators.get(operatorId);
  if (placed === undefined) return operatorId;
  const { operator, service } = placed;
  if ('store' in operator) return operator.store;
  const first = service.operators.find((other) => readsAs(other) === readsAs(operator));
  return first?.id ?? operatorId;
}

function readsAs(operator: Operator): string {
  return 'topic' in operator ? `${operator.kind} ${operator.topic}` : operator.id;
}
