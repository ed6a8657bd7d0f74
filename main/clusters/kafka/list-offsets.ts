import { listOffsetsV6 } from '@platformatic/kafka';
import type { OffsetAnswer, OffsetQuery, TopicPartition } from '../cluster-port.ts';
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

/** One request to each broker that leads some of the partitions; those that moved meanwhile are asked once more. */
export function createListOffsets(wire: ClusterWire, leaders: PartitionLeaders): ListOffsets {
  return async (partitions, at, signal) => {
    const found: Found = new Map();
    const asked = [...new Map(partitions.map((one) => [keyOf(one), one])).values()];
    for (const fresh of [false, true]) {
      const open = asked.filter((one) => !found.has(keyOf(one)));
      if (open.length === 0 || signal.aborted) break;
      await askLeaders(wire, leaders, { partitions: open, at, fresh, found });
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
  readonly found: Found;
}

async function askLeaders(wire: ClusterWire, leaders: PartitionLeaders, round: Round): Promise<void> {
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
  // Some leaders silent is an answer with gaps; all of them silent, twice, is no answer.
  if (round.fresh && failure && round.found.size === 0) throw failure.reason;
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
