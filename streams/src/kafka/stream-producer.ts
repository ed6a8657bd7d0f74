import type { KeyValueSerdes } from '../dsl-options.ts';
import { StreamsConfigError } from '../errors.ts';
import { partitionForKey } from '../partitioner.ts';
import { type Headers, NO_HEADERS } from '../record.ts';
import { explainConnectionFailure } from './connection-failure.ts';
import { KafkaConnection } from './kafka-connection.ts';
import { RecordSender } from './record-sender.ts';
import { assertSecurity, type SaslOptions, type SslOptions } from './security-options.ts';

/** Which cluster a producer writes to. */
export interface ProducerOptions {
  readonly bootstrapServers: readonly string[];
  readonly clientId: string;
  /** TLS towards the brokers, as in `KafkaStreamsConfig`. */
  readonly ssl?: SslOptions;
  /** The login, as in `KafkaStreamsConfig`. */
  readonly sasl?: SaslOptions;
}

/** What may be given besides key and value. */
export interface SendOptions {
  /** Ms since the epoch; default: now. */
  readonly timestamp?: number;
  readonly headers?: Headers;
}

/** Writes records from outside a topology, for example from a gateway. */
export interface StreamProducer {
  /**
   * Resolves when all replicas have the record. Rejects when it is not certain that they do; sending
   * it again may then double it.
   */
  send<K, V>(
    topic: string,
    key: K | null,
    value: V | null,
    serdes: KeyValueSerdes<K, V>,
    options?: SendOptions,
  ): Promise<void>;
  close(): Promise<void>;
}

/**
 * An idempotent producer (acks of all replicas) that chooses partitions as Java clients do. Records
 * sent at the same time travel together. Connects on the first send. Throws `StreamsConfigError` for
 * security settings that cannot work.
 */
export function createProducer(options: ProducerOptions): StreamProducer {
  assertSecurity(options);
  const connection = new KafkaConnection(options);
  let sender: Promise<RecordSender> | null = null;
  let keyless = 0;

  async function open(): Promise<RecordSender> {
    try {
      await connection.retry(() => connection.connect([]));
    } catch (error) {
      const problem = explainConnectionFailure(error, options);
      throw problem === null ? error : new StreamsConfigError(problem, { cause: error });
    }
    const made = new RecordSender(connection, { transactionalId: null, transactionTimeoutMs: 60_000 });
    await made.init();
    return made;
  }

  function current(): Promise<RecordSender> {
    if (sender === null) {
      const opening = open();
      sender = opening;
      opening.catch(() => forget(opening));
    }
    return sender;
  }

  /** A sender that failed cannot be used again: the next send makes a new one. */
  function forget(failed: Promise<RecordSender>): void {
    if (sender === failed) sender = null;
  }

  return {
    async send(topic, key, value, serdes, sendOptions = {}) {
      const used = current();
      const ready = await used;
      await connection.retry(() => connection.addTopics([topic], 'Write'));
      const count = connection.partitionCount(topic);
      const keyBytes = key === null ? null : serdes.key.serialize(key);
      const bytes = key === null ? null : (serdes.key.partitionBytes?.(key) ?? keyBytes);
      ready.append({
        topic,
        partition: bytes === null ? keyless++ % count : partitionForKey(bytes, count),
        key: keyBytes,
        value: value === null ? null : serdes.value.serialize(value),
        timestamp: sendOptions.timestamp ?? Date.now(),
        headers: sendOptions.headers ?? NO_HEADERS,
      });
      try {
        await ready.flush();
      } catch (error) {
        forget(used);
        throw error;
      }
    },
    async close() {
      const open = await sender?.catch(() => null);
      if (open !== undefined && open !== null) await open.flush();
      await connection.close();
    },
  };
}
