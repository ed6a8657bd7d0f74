/** `packages/runtime/src/gateway.ts` of a generated project. */
export const gatewaySource = `import { setTimeout as sleep } from 'node:timers/promises';
import {
  HttpError,
  type HttpReply,
  type KafkaStreams,
  queryKey,
  type StreamProducer,
  waitFor,
} from '@millstream/streams';
import type { Check, Topic } from '@project/events';

const writeWithinMs = 10_000;

/** What routes need of a producer. */
export type RecordProducer = Pick<StreamProducer, 'send'>;

/** The body as what it must be. Throws 400 with one sentence that names every fault. */
export function checkBody<T>(body: unknown, check: Check): T {
  const faults = check(body, '');
  if (faults.length > 0) throw new HttpError(400, \`The request was not taken: \${faults.join('; ')}.\`);
  return body as T;
}

/** Writes a record, and answers 201 with its value once all replicas have it. */
export async function write<K, V>(
  producer: RecordProducer,
  topic: Topic<K, V>,
  makeRecord: () => { readonly key: K; readonly value: V },
  locationOf: (key: K) => string,
): Promise<HttpReply> {
  const { key, value } = computed(makeRecord);
  const isWritten = await Promise.race([
    producer.send(topic.name, key, value, topic.serdes).then(
      () => true,
      () => false,
    ),
    sleep(writeWithinMs, false, { ref: false }),
  ]);
  if (!isWritten) {
    throw new HttpError(503, 'Kafka does not answer, so it is not sure that this was written: send it again.');
  }
  return { status: 201, body: value, headers: { location: locationOf(key) } };
}

/** A number of the body can be too large to be computed with: that is the client's to mend. */
function computed<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new HttpError(400, \`The request was not taken: \${error.message}.\`);
  }
}

/** The row of a key, on whichever instance it is, or 404; 503 while that instance cannot answer. */
export async function readRow<V>(
  streams: KafkaStreams,
  store: string,
  key: unknown,
  signal: AbortSignal,
): Promise<V> {
  const row = await queryKey<V>(streams, store, key, { signal });
  if (row === null) throw new HttpError(404, \`Nothing is known of \${JSON.stringify(key)}.\`);
  return row;
}

export interface AwaitOptions<V> {
  readonly until: (row: V) => boolean;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * The row of a key once it is as asked, on whichever instance it is, so that a client reads what it
 * wrote; 504 when that takes too long.
 */
export async function awaitRow<V>(
  streams: KafkaStreams,
  store: string,
  key: unknown,
  { until, timeoutMs, signal }: AwaitOptions<V>,
): Promise<V> {
  const predicate = (row: V | null) => row !== null && until(row);
  const row = await waitFor<V>(streams, { store, key, predicate, timeoutMs, signal });
  if (row !== null) return row;
  await readRow(streams, store, key, signal);
  throw new HttpError(504, \`\${JSON.stringify(key)} did not get there within \${timeoutMs} ms: ask again.\`);
}
`;
