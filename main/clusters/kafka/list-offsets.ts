import { listOffsetsV6 } from '@platformatic/kafka';
import type { OffsetAnswer, OffsetQuery, TopicPartition } from '../cluster-port.ts';
import { pause } from '../pause.ts';
import type { ClusterWire } from './cluster-wire.ts';
import { toExactNumber } from './exact-number.ts';
import { answerOf, errorCodes, isPassing } from './kafka-failure.ts';
import type { PartitionLeaders } from './partition-leaders.ts';

export type ListOffsets = (
  partitions: readonly TopicPartition[],
  at: OffsetQuery,
  signal: AbortSignal,
) => Promise<readonly OffsetAnswer[]>;

type Found = Map<string, number | null>;

const PAUSES_MS = [0, 30, 100, 300];

/** One request to each broker that leads some of the partitions; those that are just moving are asked again. */
export function createListOffsets(wire: ClusterWire, leaders: PartitionLeaders): ListOffsets {
  return async (partitions, at, signal) => {
    const found: Found = new Map();
    const asked = [...new Map(partitions.map((one) => [keyOf(one), one])).values()];
    let open = asked;
    for (const [attempt, waitMs] of PAUSES_MS.entries()) {
      if (waitMs > 0) await pause(waitMs, signal);
      const isLast = attempt === PAUSES_MS.length - 1;
      open = await askLeaders(wire, leaders, { partitions: open, at, fresh: attempt > 0, isLast, found });
      if (open.length === 0 || signal.aborted) break;
    }
    return partitions.map(({ topic, partition }) => ({
      topic,
      partition,
      offset: found.get(keyOf({ topic, partition })) ?? null,
    }));
  };
}

interface Round {
  readonly partitions: readonly TopicPartition[];
  readonly at: OffsetQuery;
  readonly fresh: boolean;
  readonly isLast: boolean;
  readonly found: Found;
}

/**
 * Gives the partitions that are worth asking for again: those whose leader does not lead them yet or any more, and
 * all without an answer when what is known of the leaders may be old.
 */
async function askLeaders(
  wire: ClusterWire,
  leaders: PartitionLeaders,
  round: Round,
): Promise<TopicPartition[]> {
  const topics = [...new Set(round.partitions.map((one) => one.topic))];
  const known = await leaders.of(topics, round.fresh);
  const byLeader = new Map<number, TopicPartition[]>();
  for (const one of round.partitions) {
    const leader = known.get(one.topic)?.[one.partition];
    if (typeof leader !== 'number') continue;
    const group = byLeader.get(leader);
    if (group) group.push(one);
    else byLeader.set(leader, [one]);
  }
  const asking = [...byLeader].map(([leader, group]) => askLeader(wire, leader, group, round));
  const outcomes = await Promise.allSettled(asking);
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  // Some leaders silent is an answer with gaps; all of them silent, to the last, is no answer.
  if (round.isLast && failure && round.found.size === 0) throw failure.reason;
  const again = round.fresh ? [...byLeader.values()].flat() : round.partitions;
  return again.filter((one) => !round.found.has(keyOf(one)));
}

async function askLeader(
  wire: ClusterWire,
  leader: number,
  partitions: readonly TopicPartition[],
  { at, found }: Round,
): Promise<void> {
  const timestamp = timestampOf(at);
  const topics = Map.groupBy(partitions, (one) => one.topic);
  const request = [...topics].map(([name, group]) => ({
    name,
    partitions: group.map(({ partition }) => ({
      partitionIndex: partition,
      currentLeaderEpoch: -1,
      timestamp,
    })),
  }));
  const answer = await wire.onBroker(leader, ({ connection }) =>
    answerOf(listOffsetsV6.api.async(connection, -1, at === 'lastStable' ? 1 : 0, request)),
  );
  for (const topic of answer.topics) {
    for (const { partitionIndex, errorCode, offset } of topic.partitions) {
      if (isPassing(errorCode) || errorCode === errorCodes.unknownTopicOrPartition) continue;
      const known = errorCode === errorCodes.none && offset >= 0n;
      found.set(
        keyOf({ topic: topic.name, partition: partitionIndex }),
        known ? toExactNumber(offset, 'offset') : null,
      );
    }
  }
}

/** −1 and −2 are ListOffsets' words for the end and the start of the log. */
function timestampOf(at: OffsetQuery): bigint {
  if (at === 'earliest') return -2n;
  if (at === 'latest' || at === 'lastStable') return -1n;
  return BigInt(Math.max(0, Math.trunc(at.timestamp)));
}

function keyOf({ topic, partition }: TopicPartition): string {
  return `${partition}:${topic}`;
}
