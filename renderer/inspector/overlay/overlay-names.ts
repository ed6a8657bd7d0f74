import type { Design, Service } from '#shared/design/design.ts';
import { changelogTopic, repartitionTopic } from '#shared/design/queries/kafka-names.ts';
import { topicsReadBy } from '#shared/design/queries/topic-use.ts';

/** The most names that one subscription may ask for. */
export const mostNames = 2_000;

export interface OverlayNames {
  readonly topics: readonly string[];
  readonly groups: readonly string[];
}

/** What the drawing shows of a cluster: its topics, what its services keep for themselves, and their groups. */
export function overlayNames(design: Design): OverlayNames {
  const own = design.services.flatMap((service) =>
    service.operators.flatMap((operator) => [
      changelogTopic(service, operator) ?? [],
      repartitioning.has(operator.kind) ? repartitionTopic(service, operator) : [],
    ]),
  );
  const topics = new Set([...design.topics.map(({ name }) => name), ...own.flat()]);
  const groups = new Set(design.services.filter(readsTopics).map(({ applicationId }) => applicationId));
  return { topics: [...topics].slice(0, mostNames), groups: [...groups].slice(0, mostNames) };
}

/** Whether a service is a member of a group at all; one that only takes requests is not. */
export function readsTopics(service: Service): boolean {
  return service.operators.some(
    (operator) => operator.kind !== 'globalTable' && topicsReadBy(operator).length > 0,
  );
}

/** The kinds that may need their records by another key first; which do is for the topology to say. */
const repartitioning: ReadonlySet<string> = new Set(['repartition', 'join', 'aggregate', 'gather']);
