import type { Processor, ProcessorContext, ProcessorSupplier } from '../processor.ts';
import { NO_HEADERS, type StreamRecord } from '../record.ts';
import type { Serde } from '../serdes.ts';
import type { SessionWindows } from '../session-windows.ts';
import type { Window, Windowed } from '../state-stores.ts';
import { Stores } from '../store-builder.ts';
import { sessionWindowedSerde } from '../windowed-serdes.ts';
import type { AggregationKind, AggregationStep } from './aggregation-kind.ts';
import { engineContext } from './engine-context.ts';
import type { KeptSessions } from './session-store.ts';
import { sessionStoreGetter } from './table-origin.ts';
import { checkedRetention } from './time-aggregation.ts';
import { timeBytes, WindowCloseEmitter } from './window-close.ts';

/** Aggregation in session windows. */
export function bySession(windows: SessionWindows): AggregationKind {
  const minimumMs = windows.inactivityGapMs + windows.graceMs;
  return {
    store: ({ name, value, logged = true, inMemory = false, retentionMs }, key) =>
      Stores.sessionStore(name, {
        key,
        value,
        logged,
        inMemory,
        retentionMs: checkedRetention(name, retentionMs, minimumMs),
      }),
    resultKey: (key) => sessionWindowedSerde(key) as Serde<unknown>,
    getter: sessionStoreGetter,
    supplier: (options) => sessionAggregate(windows, options),
    closesAfterMs: minimumMs,
  };
}

function sessionAggregate(windows: SessionWindows, options: AggregationStep): ProcessorSupplier {
  return (): Processor => {
    let processor: SessionAggregate | null = null;
    return {
      init(context) {
        processor = new SessionAggregate(windows, options, context);
      },
      process: (record) => processor?.process(record),
    };
  };
}

/**
 * Kafka Streams: `KStreamSessionWindowAggregate`. Sessions that a record touches are merged with it: each
 * is deleted, with a tombstone, and the new one is written. Results carry the session's end as their
 * timestamp, and no headers.
 */
class SessionAggregate {
  readonly #windows: SessionWindows;
  readonly #options: AggregationStep;
  readonly #context: ProcessorContext;
  readonly #sessions: KeptSessions;
  readonly #closer: WindowCloseEmitter | null;
  #observedStreamTime = -1;

  constructor(windows: SessionWindows, options: AggregationStep, context: ProcessorContext) {
    this.#windows = windows;
    this.#options = options;
    this.#context = context;
    this.#sessions = context.getStateStore<KeptSessions>(options.store);
    this.#closer =
      options.emit === 'on-window-update' ? null : sessionCloser(options, context, this.#sessions);
  }

  process(record: StreamRecord<unknown, unknown>): void {
    const { key, timestamp } = record;
    if ((key ?? null) === null) {
      this.#context.recordDropped('null-key');
      return;
    }
    const { inactivityGapMs, graceMs } = this.#windows;
    this.#observedStreamTime = Math.max(this.#observedStreamTime, timestamp);
    const closeTime = this.#observedStreamTime - graceMs - inactivityGapMs;
    const touched = [
      ...this.#sessions.findSessions(key, timestamp - inactivityGapMs, timestamp + inactivityGapMs),
    ];
    const window = touched.reduce((merged, [session]) => union(merged, session.window), {
      start: timestamp,
      end: timestamp,
    });
    if (window.end < closeTime) this.#context.recordDropped('late');
    else this.#merge(record, touched, window);
    this.#closer?.emit(record, closeTime);
  }

  #merge(
    record: StreamRecord<unknown, unknown>,
    touched: readonly [Windowed<unknown>, unknown][],
    window: Window,
  ): void {
    const { key, timestamp } = record;
    const { aggregation } = this.#options;
    let aggregate = aggregation.initial() ?? null;
    for (const [, value] of touched) aggregate = aggregation.merge(key, aggregate, value) ?? null;
    if (window.start !== timestamp || window.end !== timestamp) {
      for (const [session, value] of touched) {
        this.#sessions.remove(session);
        this.#forward(session, null, value);
      }
    }
    const newValue = aggregation.add(key, record.value ?? null, aggregate) ?? null;
    const session = { key, window };
    this.#sessions.put(session, newValue);
    this.#closer?.remember(session);
    this.#forward(session, newValue, null);
  }

  #forward(key: Windowed<unknown>, newValue: unknown, before: unknown): void {
    if (this.#closer !== null) return;
    const value = { newValue, oldValue: this.#options.oldValues.enabled ? before : null };
    this.#context.forward({ key, value, timestamp: key.window.end, headers: NO_HEADERS });
  }
}

function union(one: Window, two: Window): Window {
  return { start: Math.min(one.start, two.start), end: Math.max(one.end, two.end) };
}

/** Emits sessions by end, start and key. */
function sessionCloser(
  { store, key }: AggregationStep,
  context: ProcessorContext,
  sessions: KeptSessions,
): WindowCloseEmitter {
  return new WindowCloseEmitter(
    engineContext(context),
    {
      store,
      order: ({ key: base, window }) =>
        Buffer.concat([timeBytes(window.end), timeBytes(window.start), key.serialize(base)]),
      timeOf: ({ window }) => window.end,
      closed(last, closeTime) {
        const range = { from: Math.max(0, last ?? -1), to: closeTime - 1 };
        return range.to >= range.from ? range : null;
      },
      row(session) {
        const value = sessions.keptSession(session);
        return value === null ? null : { value, timestamp: session.window.end };
      },
    },
    sessions.allKept(),
  );
}
