import type { OverlayEvent, OverlayGroup, OverlayTopic } from '#shared/contract/inspect.ts';
import type { Design, Service } from '#shared/design/design.ts';
import type { Operator } from '#shared/design/operators/registry.ts';
import { changelogTopic, repartitionTopic } from '#shared/design/queries/kafka-names.ts';
import { topicsReadBy, topicsWrittenBy, writersOf } from '#shared/design/queries/topic-use.ts';
import { type LiveFigure, type LiveStatus, noFigure } from '../../store/live-cells.ts';
import { groupStateWord } from '../../strings/group-words.ts';
import { groupBehindMs } from '../groups/group-rows.ts';
import { readsTopics } from './overlay-names.ts';

/** When each group last committed something, or had nothing to do; on the cluster's clock. */
export type GroupProgress = Map<string, number>;

/** A group that has records to read and has committed none for so long is stuck. */
const stuckAfterMs = 60_000;

type Entry = readonly [id: string, figure: LiveFigure];

/**
 * What the drawing shows of an event: a figure for each topic, service, operator and edge, also for those of which
 * nothing is known, so that none keeps a figure of before. `progress` is carried on from event to event.
 */
export function overlayFigures(
  design: Design,
  event: OverlayEvent,
  progress: GroupProgress,
): readonly Entry[] {
  const topics = new Map(event.topics.map((topic) => [topic.name, topic]));
  const groups = new Map(event.groups.map((group) => [group.id, group]));
  noteProgress(event, progress);
  const nameOf = new Map(design.topics.map(({ id, name }) => [id, name]));
  const ofTopic = (id: string) => topics.get(nameOf.get(id) ?? '');
  return [
    ...design.topics.map(({ id, name }): Entry => [id, topicFigure(topics.get(name))]),
    ...design.services.flatMap((service) => {
      const group = groups.get(service.applicationId);
      return [
        [service.id, serviceFigure(service, group, event.at, progress)] as const,
        ...service.operators.flatMap((operator) => [
          ...operatorEntries(service, operator, group, topics),
          ...topicsReadBy(operator).map((topic): Entry => {
            const name = nameOf.get(topic) ?? '';
            return [`reads:${operator.id}`, groupTopicFigure(group, name)];
          }),
          ...topicsWrittenBy(operator).map(
            (topic): Entry => [`writes:${operator.id}:${topic}`, writeFigure(design, topic, ofTopic(topic))],
          ),
        ]),
      ];
    }),
    ...design.externals.flatMap((external) =>
      [...new Set(external.writes)].map(
        (topic): Entry => [
          `outside-writes:${external.id}:${topic}`,
          writeFigure(design, topic, ofTopic(topic)),
        ],
      ),
    ),
  ];
}

function topicFigure(topic: OverlayTopic | undefined): LiveFigure {
  if (topic === undefined) {
    return { ...noFigure, status: { word: 'not on the cluster', tone: 'warning' } };
  }
  return { ...noFigure, rate: topic.rate, records: topic.records };
}

/** The rate of a topic is the rate of its writer only when it has one: otherwise nobody knows whose records they are. */
function writeFigure(design: Design, topic: string, live: OverlayTopic | undefined): LiveFigure {
  const alone = writersOf(design, topic).length === 1;
  return alone && live !== undefined ? { ...noFigure, rate: live.rate } : noFigure;
}

/** The rate is that of the commits, so it is what was read for good. */
function groupTopicFigure(group: OverlayGroup | undefined, name: string): LiveFigure {
  const found = group?.topics.find(({ topic }) => topic === name);
  return found === undefined
    ? noFigure
    : { ...noFigure, rate: found.rate, lag: found.lag, lagMs: found.lagMs };
}

/** What an operator keeps for itself: the records of its changelog, and how far behind its repartition is read. */
function operatorEntries(
  service: Service,
  operator: Operator,
  group: OverlayGroup | undefined,
  topics: ReadonlyMap<string, OverlayTopic>,
): readonly Entry[] {
  const changelog = topics.get(changelogTopic(service, operator) ?? '');
  const figure = groupTopicFigure(group, repartitionTopic(service, operator));
  if (changelog === undefined && figure === noFigure) {
    return [];
  }
  return [[operator.id, { ...figure, records: changelog?.records ?? null }]];
}

function serviceFigure(
  service: Service,
  group: OverlayGroup | undefined,
  at: number,
  progress: GroupProgress,
): LiveFigure {
  if (group === undefined) {
    const status: LiveStatus | null = readsTopics(service) ? { word: 'not running', tone: 'plain' } : null;
    return { ...noFigure, status };
  }
  const rates = group.topics.flatMap(({ rate }) => rate ?? []);
  return {
    ...noFigure,
    rate: rates.length === 0 ? null : rates.reduce((sum, rate) => sum + rate, 0),
    lag: group.lag,
    lagMs: groupBehindMs(group),
    status: groupStatus(group, at, progress),
  };
}

/** A word only when a group is not as it should be: one that is well shows how far behind it is. */
function groupStatus(group: OverlayGroup, at: number, progress: GroupProgress): LiveStatus | null {
  const { word, tone } = groupStateWord(group.state);
  if (tone !== 'ok') {
    return { word, tone };
  }
  const stands = at - (progress.get(group.id) ?? at);
  return stands >= stuckAfterMs ? { word: 'stuck', tone: 'error' } : null;
}

function noteProgress({ groups, at }: OverlayEvent, progress: GroupProgress): void {
  for (const group of groups) {
    const moved = group.topics.some(({ rate }) => rate !== null && rate > 0);
    const idle = group.lag === null || group.lag === 0;
    if (moved || idle || !progress.has(group.id)) {
      progress.set(group.id, at);
    }
  }
}
