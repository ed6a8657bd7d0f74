import { fetchV12 } from '@platformatic/kafka';
import { ClusterError, type ReadAnswer, type ReadRequest } from '../cluster-port.ts';
import type { ClusterWire } from './cluster-wire.ts';
import { toExactNumber } from './exact-number.ts';
import { answerOf, errorCodes, KafkaRefusal } from './kafka-failure.ts';
import type { ListOffsets } from './list-offsets.ts';
import type { PartitionLeaders } from './partition-leaders.ts';
import { patiently } from './patience.ts';
import { decodeBatches } from './record-batches.ts';

const NO_SESSION = { id: 0, epoch: -1 };

/** One fetch of one partition, on a connection that nobody else waits for. */
export async function readPartition(
  wire: ClusterWire,
  leaders: PartitionLeaders,
  listOffsets: ListOffsets,
  request: ReadRequest,
  signal: AbortSignal,
): Promise<ReadAnswer> {
  return patiently(signal, async (attempt) => {
    const leader = await leaderOf(leaders, request, attempt > 0);
    try {
      return await fetchOnce(wire, leader, request);
    } catch (error) {
      const code = error instanceof KafkaRefusal ? error.kafkaCode : undefined;
      if (code === errorCodes.unknownTopicOrPartition) leaders.forget(request.topic);
      if (code !== errorCodes.offsetOutOfRange) throw error;
    }
    return readInRange(request, listOffsets, signal, (from) => fetchOnce(wire, leader, { ...request, from }));
  });
}

async function leaderOf(leaders: PartitionLeaders, request: ReadRequest, fresh: boolean): Promise<number> {
  const { topic, partition } = request;
  const known = (await leaders.of([topic], fresh)).get(topic);
  if (!known) throw new ClusterError('not-found', `There is no topic "${topic}" on this cluster.`);
  const leader = known[partition];
  if (leader === undefined) {
    const last = known.length - 1;
    throw new ClusterError(
      'not-found',
      `The topic "${topic}" has no partition ${partition}: its last is ${last}.`,
    );
  }
  if (leader === null)
    throw new KafkaRefusal(errorCodes.leaderNotAvailable, `${topic}-${partition} cannot be read`);
  return leader;
}

/** Below the log's start, reading goes on at the start; beyond its end there is nothing but the end. */
async function readInRange(
  request: ReadRequest,
  listOffsets: ListOffsets,
  signal: AbortSignal,
  readFrom: (from: number) => Promise<ReadAnswer>,
): Promise<ReadAnswer> {
  const ask = async (at: 'earliest' | 'latest' | 'lastStable') =>
    (await listOffsets([request], at, signal))[0]?.offset ?? null;
  const [start, end, stable] = await Promise.all([ask('earliest'), ask('latest'), ask('lastStable')]);
  if (start === null || end === null) {
    throw new KafkaRefusal(
      errorCodes.leaderNotAvailable,
      `${request.topic}-${request.partition} cannot be read`,
    );
  }
  if (request.from < start) return readFrom(start);
  return { records: [], next: end, startOffset: start, endOffset: end, lastStableOffset: stable ?? end };
}

async function fetchOnce(wire: ClusterWire, leader: number, request: ReadRequest): Promise<ReadAnswer> {
  const { topic, partition, from, isolation, maxBytes, maxWaitMs } = request;
  const asked = {
    partition,
    currentLeaderEpoch: -1,
    fetchOffset: BigInt(from),
    lastFetchedEpoch: -1,
    partitionMaxBytes: maxBytes,
  };
  const answer = await wire.onOwnConnection(leader, ({ connection }) =>
    answerOf(
      fetchV12.api.async(
        connection,
        maxWaitMs,
        1,
        maxBytes,
        isolation === 'read_committed' ? 1 : 0,
        NO_SESSION.id,
        NO_SESSION.epoch,
        [{ topicId: topic, partitions: [asked] }],
        [],
        '',
      ),
    ),
  );
  const found = answer.responses[0]?.partitions[0];
  const code = answer.errorCode || (found?.errorCode ?? errorCodes.unknownTopicOrPartition);
  if (!found || code !== errorCodes.none)
    throw new KafkaRefusal(code, `${topic}-${partition} cannot be read`);
  const { records, next } = decodeBatches(request, found.records ?? [], found.abortedTransactions ?? []);
  return {
    records,
    next,
    startOffset: toExactNumber(found.logStartOffset, 'offset'),
    endOffset: toExactNumber(found.highWatermark, 'offset'),
    lastStableOffset: toExactNumber(found.lastStableOffset, 'offset'),
  };
}
