import { TopologyError } from '../errors.ts';
import type { Processor, ProcessorContext, ProcessorSupplier } from '../processor.ts';
import type { StreamRecord } from '../record.ts';
import type { Serde } from '../serdes.ts';
import type { Suppressed } from '../suppressed.ts';
import { addProcessor, type BuilderContext, requireSerde } from './builder-context.ts';
import type { Change } from './change.ts';
import { type EngineContext, engineContext } from './engine-context.ts';
import type { Evicted, SuppressBuffer } from './suppress-buffer.ts';
import { isWindowed, type TableOrigin, type ValueGetterSupplier } from './table-origin.ts';
import { closesAfter } from './window-closes.ts';

export interface SuppressTableOptions {
  readonly name: string;
  readonly logged: boolean;
  readonly inMemory: boolean;
  readonly key: Serde<unknown> | null;
  readonly value: Serde<unknown> | null;
}

/** Keeps a table's updates back in a buffer; see `Suppressed`. */
export function addSuppress(
  context: BuilderContext,
  parent: TableOrigin,
  suppressed: Suppressed,
  options: SuppressTableOptions,
): TableOrigin {
  const { name, logged, inMemory } = options;
  const { graph } = context;
  if (parent.versioned) {
    throw new TopologyError(
      `Suppress "${name}" follows a versioned table; it works only on tables without history.`,
    );
  }
  const waitMs =
    suppressed.until === 'window-closes' ? closesAfter(graph, parent.node, name) : suppressed.waitMs;
  const key = requireSerde(options.key, parent.key, `The key of suppress "${name}"`);
  const value = requireSerde(options.value, parent.value, `The value of suppress "${name}"`);
  parent.enableOldValues(true);
  graph.addStore({ kind: 'suppress-buffer', name, key, value, logged, inMemory });
  const supplier = suppress({ ...suppressed, waitMs }, name);
  const node = addProcessor(context, `${name}-suppress`, [parent.node], supplier, [name]);
  return {
    node,
    key,
    value,
    sources: parent.sources,
    store: null,
    versioned: false,
    enableOldValues: (force) => parent.enableOldValues(force),
    valueGetter: () => suppressedRows(parent.valueGetter(), name),
  };
}

/** While updates of a row are buffered, others see the row as it was before. */
function suppressedRows(parent: ValueGetterSupplier, name: string): ValueGetterSupplier {
  return {
    stores: [name, ...parent.stores],
    get(context) {
      const rows = parent.get(context);
      const buffer = context.getStateStore<SuppressBuffer>(name);
      return (key) => {
        const prior = buffer.priorValue(key);
        if (prior === undefined) return rows(key);
        return prior === null ? null : { value: prior, timestamp: -1 };
      };
    },
  };
}

type Suppression = Pick<Suppressed, 'until' | 'waitMs' | 'buffer'>;

function suppress(suppression: Suppression, name: string): ProcessorSupplier {
  return (): Processor => {
    let processor: SuppressProcessor | null = null;
    return {
      init(context) {
        processor = new SuppressProcessor(suppression, name, context);
      },
      process: (record) => processor?.process(record),
    };
  };
}

/** Kafka Streams: `KTableSuppressProcessorSupplier`. */
class SuppressProcessor {
  readonly #suppression: Suppression;
  readonly #context: EngineContext;
  readonly #buffer: SuppressBuffer;
  #observedStreamTime = -1;

  constructor(suppression: Suppression, name: string, context: ProcessorContext) {
    this.#suppression = suppression;
    this.#context = engineContext(context);
    this.#buffer = context.getStateStore<SuppressBuffer>(name);
  }

  process(record: StreamRecord<unknown, unknown>): void {
    const { key, timestamp, headers } = record;
    const source = this.#context.recordMetadata() ?? { topic: '', partition: -1, offset: -1 };
    this.#observedStreamTime = Math.max(this.#observedStreamTime, timestamp);
    const time = this.#suppression.until === 'window-closes' ? windowEnd(key) : timestamp;
    this.#buffer.put(time, key, record.value as Change<unknown>, { timestamp, headers, source });
    const expired = this.#observedStreamTime - this.#suppression.waitMs;
    this.#buffer.evictWhile(
      () => this.#buffer.firstDue <= expired,
      (evicted) => this.#emit(evicted),
    );
    this.#enforceLimits();
  }

  #enforceLimits(): void {
    if (!this.#isFull()) return;
    const { maxRecords, maxBytes, whenFull } = this.#suppression.buffer;
    if (whenFull === 'emit') {
      this.#buffer.evictWhile(
        () => this.#isFull(),
        (evicted) => this.#emit(evicted),
      );
      return;
    }
    const { name, count, size } = this.#buffer;
    throw new Error(
      `The buffer of suppress "${name}" is full: it holds ${count} records (limit ${maxRecords}) and ` +
        `${size} bytes (limit ${maxBytes}); raise its limits, or let it emit early.`,
    );
  }

  #isFull(): boolean {
    const { maxRecords, maxBytes } = this.#suppression.buffer;
    return this.#buffer.count > maxRecords || this.#buffer.size > maxBytes;
  }

  /** As it was buffered: with the timestamp, headers and source of the row's latest update. */
  #emit({ key, change, value }: Evicted): void {
    // A final result that does not exist was never seen downstream, so it need not be deleted.
    if (change.newValue === null && this.#suppression.until === 'window-closes') return;
    const { timestamp, headers, source } = value;
    this.#context.forwardAs({ key, value: change, timestamp, headers }, source);
  }
}

function windowEnd(key: unknown): number {
  if (isWindowed(key)) return key.window.end;
  throw new TopologyError('A suppress until windows close needs a table with windowed keys.');
}
