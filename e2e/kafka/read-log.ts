import type { ClusterPort } from '#main/clusters/cluster-port.ts';
import { readThrough } from '#main/inspect/read-through.ts';

export interface LogRecord<V> {
  readonly partition: number;
  readonly offset: number;
  readonly timestamp: number;
  readonly key: Buffer;
  /** Null: a tombstone. */
  readonly value: V | null;
}

/** Every committed record of a topic, each partition in its order, with its value read as JSON. */
export async function readLog<V>(port: ClusterPort, topic: string): Promise<readonly LogRecord<V>[]> {
  const [layout] = await port.layoutTopics([topic]);
  if (layout === undefined) throw new Error(`There is no topic ${topic}.`);
  const records: LogRecord<V>[] = [];
  for (const { partition } of layout.partitions) {
    const [end] = await port.listOffsets([{ topic, partition }], 'lastStable');
    const range = { topic, partition, from: 0, to: end?.offset ?? 0, maxBytes: 1_048_576 };
    const answers = readThrough(port, { ...range, isolation: 'read_committed' }, AbortSignal.timeout(30_000));
    for await (const answer of answers) {
      for (const { offset, timestamp, key, value } of answer.records) {
        const parsed = value === null ? null : (JSON.parse(Buffer.from(value).toString('utf8')) as V);
        records.push({ partition, offset, timestamp, key: Buffer.from(key ?? []), value: parsed });
      }
    }
  }
  return records;
}
