import type { Operator, OperatorKind, OperatorOf } from '../../design/operators/registry.ts';
import { operatorRegistry } from '../../design/operators/registry.ts';

/** An operator as a fresh one, named as its id, with the fields given. */
export function operator<K extends OperatorKind>(
  kind: K,
  id: string,
  fields: Partial<OperatorOf<K>> = {},
): Operator {
  return { id, name: id, ...operatorRegistry[kind].fresh(), ...fields } as unknown as Operator;
}

export const reads = (id: string, topic: string): Operator => operator('stream', id, { topic });
export const writes = (id: string, topic: string): Operator => operator('sink', id, { topic });
