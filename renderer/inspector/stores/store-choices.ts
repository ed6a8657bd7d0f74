import type { Design } from '#shared/design/design.ts';
import type { Operator } from '#shared/design/operators/registry.ts';
import { operatorStores } from '#shared/design/queries/operator-stores.ts';

export interface StoreChoice {
  readonly changelog: string;
  /** The store's name beside its service; of a store that is not drawn, the changelog itself. */
  readonly label: string;
  /** The operator of the drawing that owns it; null when it is not drawn. */
  readonly operator: string | null;
  /** How long its windows are, when the drawing says so. */
  readonly windowSizeMs: number | null;
}

/** The stores of the design's operators, each once, in the order of the file. */
export function drawnStores(design: Design): readonly StoreChoice[] {
  const all = design.services.flatMap((service) =>
    service.operators.flatMap((operator) =>
      operatorStores(service, operator).map(
        ({ name, changelog }): StoreChoice => ({
          changelog,
          label: `${service.name}: ${name}`,
          operator: operator.id,
          windowSizeMs: windowSize(operator),
        }),
      ),
    ),
  );
  // Tables of one topic share a store.
  return [...new Map(all.toReversed().map((each) => [each.changelog, each])).values()].toReversed();
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
