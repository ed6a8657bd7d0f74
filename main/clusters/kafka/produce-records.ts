import { type MessageRecord, murmur2, produceV9 } from '@platformatic/kafka';
import { ClusterError, type NewRecord } from '../cluster-port.ts';
import type { ClusterWire } from './cluster-wire.ts';
import { answerOf, errorCodes, KafkaRefusal } from './kafka-failure.ts';
import type { PartitionLeaders } from './partition-leaders.ts';
import { patiently } from './patience.ts';

const ALL_IN_SYNC = -1;
const WRITE_LIMIT_MS = 10_000;
/** Below the broker's default limit of a batch, 1,048,588 bytes. */
const BATCH_BYTES = 900_000;
const RECORD_OVERHEAD = 64;

interface Batch {
  readonly partition: number;
  readonly messages: MessageRecord[];
  bytes: number;
}

/** Writes in order within a partition, and returns when all in-sync replicas have every record. */
export async function produceRecords(
  wire: ClusterWire,
  leaders: PartitionLeaders,
  topic: string,
  records: readonly NewRecord[],
  signal: AbortSignal,
): Promise<void> {
  const known = (await leaders.of([topic], false)).get(topic) ?? (await leaders.of([topic], true)).get(topic);
  if (!known)
    throw new ClusterError('not-found', `There is no topic "${topic}" on this cluster: create it first.`);
  for (const batch of planBatches(topic, records, known.length)) {
    if (signal.aborted) return;
    await patiently(signal, (attempt) => writeBatch(wire, leaders, topic, batch, attempt > 0), wasNotWritten);
  }
}

/** As Kafka's own clients do: murmur2 of the key; records without key stay together on one partition. */
export function partitionOf(record: NewRecord, partitions: number, keyless: number): number {
  if (record.partition !== undefined) return record.partition;
  if (record.key === null) return keyless % partitions;
  return (murmur2(Buffer.from(record.key)) & 0x7fff_ffff) % partitions;
}

function planBatches(topic: string, records: readonly NewRecord[], partitions: number): Batch[] {
  const keyless = Math.floor(Math.random() * partitions);
  const full: Batch[] = [];
  const filling = new Map<number, Batch>();
  for (const record of records) {
    const partition = partitionOf(record, partitions, keyless);
    if (partition < 0 || partition >= partitions) {
      const last = partitions - 1;
      throw new ClusterError(
        'not-found',
        `The topic "${topic}" has no partition ${partition}: its last is ${last}.`,
      );
    }
    const bytes = sizeOf(record);
    const current = filling.get(partition);
    if (current && current.bytes + bytes <= BATCH_BYTES) {
      current.messages.push(toMessage(topic, partition, record));
      current.bytes += bytes;
      continue;
    }
    const started = { partition, bytes, messages: [toMessage(topic, partition, record)] };
    filling.set(partition, started);
    full.push(started);
  }
  return full;
}

async function writeBatch(
  wire: ClusterWire,
  leaders: PartitionLeaders,
  topic: string,
  { partition, messages }: Batch,
  fresh: boolean,
): Promise<void> {
  const leader = (await leaders.of([topic], fresh)).get(topic)?.[partition];
  const what = `${topic}-${partition} cannot be written`;
  if (typeof leader !== 'number') throw new KafkaRefusal(errorCodes.leaderNotAvailable, what);
  const answer = await wire.onOwnConnection(leader, ({ connection }) =>
    answerOf(
      produceV9.api.async(connection, ALL_IN_SYNC, WRITE_LIMIT_MS, messages, {
        compression: 'none',
        producerId: -1n,
        producerEpoch: -1,
      }),
    ),
  );
  if (answer === true || typeof answer !== 'object') return;
  const found = answer.responses[0]?.partitionResponses[0];
  if (found && found.errorCode !== errorCodes.none) {
    throw new KafkaRefusal(found.errorCode, what, found.errorMessage);
  }
}

/** Only a clear no, or an unopened connection, may be tried again: anything else could write twice. */
function wasNotWritten(error: unknown): boolean {
  return error instanceof KafkaRefusal || error instanceof ClusterError;
}

function toMessage(topic: string, partition: number, record: NewRecord): MessageRecord {
  const headers = new Map(
    (record.headers ?? []).map(({ key, value }) => [Buffer.from(key), toBuffer(value)]),
  );
  return {
    topic,
    partition,
    key: toBuffer(record.key),
    value: toBuffer(record.value),
    headers,
    timestamp: BigInt(record.timestamp ?? Date.now()),
  };
}

// The client writes null as Kafka's null, though its types only know of bytes.
function toBuffer(bytes: Uint8Array | null): Buffer {
  return (bytes && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)) as Buffer;
}

function sizeOf({ key, value, headers = [] }: NewRecord): number {
  const ofHeaders = headers.reduce(
    (sum, header) => sum + header.key.length * 3 + (header.value?.length ?? 0),
    0,
  );
  return RECORD_OVERHEAD + (key?.length ?? 0) + (value?.length ?? 0) + ofHeaders;
}
