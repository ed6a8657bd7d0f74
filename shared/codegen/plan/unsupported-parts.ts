import type { OperatorKind, OperatorOf } from '../../design/operators/registry.ts';

/** What of an operator nothing runs yet, each as the rest of a sentence. It is refused by name, never dropped. */
export function unsupportedParts<K extends OperatorKind>(operator: OperatorOf<K>): readonly string[] {
  const find: ((operator: OperatorOf<K>) => readonly (string | false)[]) | undefined =
    finders[operator.kind as K];
  const found = find?.(operator) ?? [];
  return found.filter((what) => what !== false).map((what) => `${what} cannot be generated yet.`);
}

const finders: { readonly [K in OperatorKind]?: (operator: OperatorOf<K>) => readonly (string | false)[] } = {
  connectorSource: () => ['a Kafka Connect source'],
  connectorSink: () => ['a Kafka Connect sink'],
};
