import { SerializationError } from '../errors.ts';
import type { Processor, ProcessorContext, ProcessorSupplier } from '../processor.ts';
import type { StreamRecord } from '../record.ts';
import { type Serde, Serdes } from '../serdes.ts';
import type { KeyValueStore } from '../state-stores.ts';
import { type KeyValueStoreBuilder, Stores } from '../store-builder.ts';
import { bufferBound, bufferKey, fromBufferKey } from './buffer-key.ts';
import { decodeBuffered, encodeBuffered } from './buffered-value.ts';
import type { Forward } from './builder-context.ts';
import { type EngineContext, engineContext } from './engine-context.ts';
import type { ValueGetterSupplier } from './table-origin.ts';

export interface GraceJoin {
  readonly table: ValueGetterSupplier;
  readonly joiner: (value: unknown, tableValue: unknown, key: unknown) => unknown;
  readonly left: boolean;
  readonly graceMs: number;
  /** Name of the store of records that wait. */
  readonly buffer: string;
  readonly key: Serde<unknown>;
  readonly value: Serde<unknown>;
}

type Buffer = KeyValueStore<Uint8Array, Uint8Array>;

/** The store of records that wait; its changelog has the bytes of Kafka Streams' `RocksDBTimeOrderedKeyValueBuffer`. */
export function graceBuffer(name: string): KeyValueStoreBuilder<unknown, unknown> {
  const bytes = Serdes.bytes() as Serde<unknown>;
  return Stores.keyValueStore(name, { key: bytes, value: bytes });
}

/**
 * Joins records of a stream with the row a versioned table had at their time. Each waits for the grace period
 * of stream time, so that the table's row can still come, and then all that are due follow in order of their
 * timestamps. Later ones are joined at once. (Kafka Streams: `KStreamKTableJoinProcessor` with a buffer.)
 */
export function graceJoin(join: GraceJoin): ProcessorSupplier {
  return (): Processor => {
    let side: GraceJoinSide | null = null;
    return {
      init(context) {
        side = new GraceJoinSide(context, join);
      },
      process: (record) => side?.process(record),
    };
  };
}

class GraceJoinSide {
  readonly #context: EngineContext;
  readonly #join: GraceJoin;
  readonly #lookUp: ReturnType<ValueGetterSupplier['get']>;
  readonly #buffer: Buffer;
  #streamTime = -1;
  #sequence = 0;

  constructor(context: ProcessorContext, join: GraceJoin) {
    this.#context = engineContext(context);
    this.#join = join;
    this.#lookUp = join.table.get(context);
    this.#buffer = context.getStateStore<Buffer>(join.buffer);
    for (const [key] of this.#buffer.all()) {
      const { timestamp, sequence } = fromBufferKey(key);
      this.#streamTime = Math.max(this.#streamTime, timestamp);
      this.#sequence = Math.max(this.#sequence, sequence);
    }
  }

  process(record: StreamRecord<unknown, unknown>): void {
    const { left, graceMs } = this.#join;
    const key = record.key ?? null;
    const value = record.value ?? null;
    if (value === null || (key === null && !left)) {
      this.#context.recordDropped(value === null ? 'null-value' : 'null-key');
      return;
    }
    if (key === null || record.timestamp < this.#streamTime - graceMs) {
      this.#emit(record, (joined) => this.#context.forward(joined));
      return;
    }
    this.#keep(record);
    this.#emitDue();
  }

  #keep(record: StreamRecord<unknown, unknown>): void {
    const { key, value } = this.#join;
    const { timestamp, headers } = record;
    this.#streamTime = Math.max(this.#streamTime, timestamp);
    this.#sequence = (this.#sequence + 1) & 0x7fffffff;
    const { partition } = this.#context;
    this.#buffer.put(
      bufferKey({ timestamp, key: key.serialize(record.key), sequence: this.#sequence }),
      encodeBuffered({
        time: 0,
        prior: null,
        old: null,
        new: value.serialize(record.value),
        timestamp,
        headers,
        source: this.#context.recordMetadata() ?? { topic: '', partition, offset: -1 },
      }),
    );
  }

  #emitDue(): void {
    const due = this.#streamTime - this.#join.graceMs;
    if (due < 0) return;
    for (const [bytes, buffered] of this.#buffer.range(null, bufferBound(due + 1))) {
      const { new: value, timestamp, headers, source } = decodeBuffered(buffered);
      const key = this.#join.key.deserialize(fromBufferKey(bytes).key);
      const record = { key, value: this.#read(value), timestamp, headers };
      this.#emit(record, (joined) => this.#context.forwardAs(joined, source));
      this.#buffer.put(bytes, null);
    }
  }

  #read(value: Uint8Array | null): unknown {
    if (value === null) throw new SerializationError('A record that waits for its table has no value.');
    return this.#join.value.deserialize(value);
  }

  #emit(record: StreamRecord<unknown, unknown>, forward: Forward): void {
    const { joiner, left } = this.#join;
    const { key, value, timestamp } = record;
    const row = (key ?? null) === null ? null : this.#lookUp(key, timestamp);
    if (row === null && !left) return;
    forward({ ...record, value: joiner(value, row?.value ?? null, key) });
  }
}
