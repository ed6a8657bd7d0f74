import type { Design, External, Feed, Service } from '../design.ts';
import { operatorReferences, type ReferenceSlot } from '../operator-references.ts';
import type { Operator } from '../operators/registry.ts';

/** One reader or writer of a topic. */
export type TopicUse =
  | { readonly by: 'operator'; readonly service: Service; readonly operator: Operator }
  | { readonly by: 'external'; readonly external: External };

/** The ids of the topics that an operator writes: of a sink also every topic its route may name. */
export function topicsWrittenBy(operator: Operator): readonly string[] {
  return topicsOf(operator, ['writesTopic', 'writesTopics']);
}

/** The ids of the topics that an operator reads. */
export function topicsReadBy(operator: Operator): readonly string[] {
  return topicsOf(operator, ['readsTopic']);
}

/** All that write a topic: operators of any service, and external systems. Feeds stand for those; see feedsInto. */
export function writersOf(design: Design, topic: string): readonly TopicUse[] {
  return topicUses(design).writers.get(topic) ?? [];
}

/** All that read a topic. */
export function readersOf(design: Design, topic: string): readonly TopicUse[] {
  return topicUses(design).readers.get(topic) ?? [];
}

/** The services that write a topic, each once, in the order of the file. */
export function emittersOf(design: Design, topic: string): readonly Service[] {
  return servicesOf(writersOf(design, topic));
}

/** The services that read a topic, each once, in the order of the file. */
export function consumersOf(design: Design, topic: string): readonly Service[] {
  return servicesOf(readersOf(design, topic));
}

/** The feeds that make records for a topic, or requests for a gateway operator. */
export function feedsInto(design: Design, id: string): readonly Feed[] {
  return design.feeds.filter((feed) => ('topic' in feed.into ? feed.into.topic : feed.into.gateway) === id);
}

interface TopicUses {
  readonly writers: ReadonlyMap<string, readonly TopicUse[]>;
  readonly readers: ReadonlyMap<string, readonly TopicUse[]>;
}

const uses = new WeakMap<Design, TopicUses>();

function topicUses(design: Design): TopicUses {
  const known = uses.get(design);
  if (known) return known;
  const writers = new Map<string, TopicUse[]>();
  const readers = new Map<string, TopicUse[]>();
  for (const service of design.services) {
    for (const operator of service.operators) {
      const use: TopicUse = { by: 'operator', service, operator };
      for (const topic of topicsWrittenBy(operator)) addTo(writers, topic, use);
      for (const topic of topicsReadBy(operator)) addTo(readers, topic, use);
    }
  }
  for (const external of design.externals) {
    for (const topic of new Set(external.writes)) addTo(writers, topic, { by: 'external', external });
    for (const topic of new Set(external.reads)) addTo(readers, topic, { by: 'external', external });
  }
  const found = { writers, readers };
  uses.set(design, found);
  return found;
}

function addTo(map: Map<string, TopicUse[]>, topic: string, use: TopicUse): void {
  const list = map.get(topic);
  if (list) list.push(use);
  else map.set(topic, [use]);
}

function topicsOf(operator: Operator, wanted: readonly ReferenceSlot[]): readonly string[] {
  const slots = Object.entries(operatorReferences[operator.kind]);
  const fields: Readonly<Record<string, unknown>> = { ...operator };
  const topics = slots.flatMap(([field, slot]) => (wanted.includes(slot) ? fields[field] : []));
  return [...new Set(topics.filter((topic) => typeof topic === 'string'))];
}

function servicesOf(found: readonly TopicUse[]): readonly Service[] {
  return [...new Set(found.flatMap((use) => (use.by === 'operator' ? [use.service] : [])))];
}
