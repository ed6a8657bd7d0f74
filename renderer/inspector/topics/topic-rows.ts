import type { TopicListing } from '#shared/contract/cluster-types.ts';
import type { OverlayTopic } from '#shared/contract/inspect.ts';

export const topicOrders = ['name', 'trouble', 'partitions', 'records', 'rate'] as const;
export type TopicOrder = (typeof topicOrders)[number];

export interface TopicRowsRequest {
  readonly words: string;
  readonly internal: boolean;
  readonly order: TopicOrder;
  readonly figures: ReadonlyMap<string, OverlayTopic>;
}

/** The topics that have all the words, in the order asked for; equals stand by name. */
export function topicRows(
  topics: readonly TopicListing[],
  { words, internal, order, figures }: TopicRowsRequest,
): readonly TopicListing[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const found = topics.filter((topic) => {
    const name = topic.name.toLowerCase();
    return (internal || !topic.internal) && wanted.every((word) => name.includes(word));
  });
  if (order === 'name') {
    return found;
  }
  const weigh = weights[order];
  const weightOf = new Map(found.map((topic) => [topic, weigh(topic, figures.get(topic.name))]));
  return found.toSorted((a, b) => (weightOf.get(b) ?? -1) - (weightOf.get(a) ?? -1));
}

const weights: Readonly<
  Record<Exclude<TopicOrder, 'name'>, (topic: TopicListing, figure: OverlayTopic | undefined) => number>
> = {
  trouble: (topic) => topic.offline * 1_000_000 + topic.underReplicated,
  partitions: (topic) => topic.partitions,
  records: (_, figure) => figure?.records ?? -1,
  rate: (_, figure) => figure?.rate ?? -1,
};

/** Whether an order needs the figures of every row, which are asked for only of what is on screen otherwise. */
export function needsFigures(order: TopicOrder): boolean {
  return order === 'records' || order === 'rate';
}
