import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const program = fileURLToPath(new URL('./java/CommittedReader.java', import.meta.url));
const TIME_LIMIT_MS = 180_000;
const MOST_OUTPUT_BYTES = 1024 * 1024 * 1024;

/** A committed record; its bytes as they are in the log. */
export interface CommittedRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly timestamp: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
}

interface DistributionTool {
  prepareKafkaDistribution(): Promise<{ readonly java: string; readonly classPath: string }>;
}

/**
 * Reads topics with Kafka's own consumer, read_committed, to the end they have now: the judge shares no
 * code with the library. (KafkaJS's consumer cannot be asked: it expects aborted transactions in the
 * order in which they began, brokers list them in the order in which they ended, and so some aborted
 * records pass.)
 */
export async function readCommitted(
  bootstrapServers: readonly string[],
  topics: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly CommittedRecord[]>> {
  const tool: DistributionTool = await import(
    new URL('../../tools/kafka/kafka-distribution.ts', import.meta.url).href
  );
  const { java, classPath } = await tool.prepareKafkaDistribution();
  const logLevel = '-Dorg.slf4j.simpleLogger.defaultLogLevel=error';
  const { stdout } = await run(
    java,
    [
      '-Xmx512m',
      '-XX:+UseSerialGC',
      logLevel,
      '-cp',
      classPath,
      program,
      bootstrapServers.join(','),
      ...topics,
    ],
    { signal, timeout: TIME_LIMIT_MS, maxBuffer: MOST_OUTPUT_BYTES },
  );
  const byTopic = new Map<string, CommittedRecord[]>(topics.map((topic) => [topic, []]));
  for (const line of stdout.split('\n')) {
    if (line === '') continue;
    const record = parseLine(line);
    byTopic.get(record.topic)?.push(record);
  }
  return byTopic;
}

function parseLine(line: string): CommittedRecord {
  const [topic = '', partition, offset, timestamp, key = '-', value = '-'] = line.split('\t');
  return {
    topic,
    partition: Number(partition),
    offset: Number(offset),
    timestamp: Number(timestamp),
    key: decode(key),
    value: decode(value),
  };
}

function decode(word: string): Buffer | null {
  return word === '-' ? null : Buffer.from(word, 'base64');
}
