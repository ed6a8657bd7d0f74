import type { Design } from '#shared/design/design.ts';
import type { Operator } from '#shared/design/operators/registry.ts';
import { changelogTopic, storeName } from '#shared/design/queries/kafka-names.ts';

export interface StoreChoice {
  readonly changelog: string;
  /** The store's name beside its service; of a store that is not drawn, the changelog itself. */
  readonly label: string;
  /** The operator of the drawing that owns it; null when it is not drawn. */
  readonly operator: string | null;
  /** How long its windows are, when the drawing says so. */
  readonly windowSizeMs: number | null;
}

/** The stores of the design's operators, in the order of the file. */
export function drawnStores(design: Design): readonly StoreChoice[] {
  return design.services.flatMap((service) =>
    service.operators.flatMap((operator) => {
      const changelog = changelogTopic(service, operator);
      return changelog === null
        ? []
        : [
            {
              changelog,
              label: `${service.name}: ${storeName(operator) ?? operator.name}`,
              operator: operator.id,
              windowSizeMs: windowSize(operator),
            },
          ];
    }),
  );
}

/** The changelogs of the cluster that no drawn operator has. */
export function otherStores(
  topics: readonly string[],
  drawn: readonly StoreChoice[],
): readonly StoreChoice[] {
  const known = new Set(drawn.map(({ changelog }) => changelog));
  return topics
    .filter((topic) => topic.endsWith('-changelog') && !known.has(topic))
    .map((topic) => ({ changelog: topic, label: topic, operator: null, windowSizeMs: null }));
}

/** Only tumbling and hopping windows are of one size that an end can be told from. */
function windowSize(operator: Operator): number | null {
  if (operator.kind !== 'aggregate' || operator.window === undefined) {
    return null;
  }
  const { window } = operator;
  return window.kind === 'tumbling' || window.kind === 'hopping' ? window.sizeMs : null;
}
