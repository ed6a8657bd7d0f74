import type { KStream } from '../dsl.ts';
import type { GatherOptions } from '../gather-options.ts';
import type { Processor, ProcessorContext } from '../processor.ts';
import { type Headers, NO_HEADERS, type StreamRecord } from '../record.ts';
import type { KeyValueStore } from '../state-stores.ts';
import { Stores } from '../store-builder.ts';
import { addProcessor, stateless } from './builder-context.ts';
import { type GatherState, gatherStateSerde } from './gather-state.ts';
import { streamImplementation } from './kstream-impl.ts';
import { repartitionIfNeeded } from './repartition.ts';

type Options = Required<Pick<GatherOptions<unknown, unknown, unknown, unknown>, 'retentionMs'>> &
  GatherOptions<unknown, unknown, unknown, unknown>;

/** A start record or an item on its way into the step. */
interface Input {
  readonly isStart: boolean;
  readonly value: unknown;
}

/** Builds the step; see `gather`. */
export function addGather<K, S, I, R>(
  starts: KStream<K, S>,
  items: KStream<K, I>,
  typed: GatherOptions<K, S, I, R> & { readonly retentionMs: number },
): KStream<K, R> {
  const options = typed as unknown as Options;
  const { context } = streamImplementation(starts);
  const { graph } = context;
  const { name, key } = options;
  const sides = [
    { stream: streamImplementation(starts), isStart: true, suffix: 'starts', value: options.start },
    { stream: streamImplementation(items), isStart: false, suffix: 'items', value: options.item },
  ].map(({ stream, isStart, suffix, value }) => {
    const sideName = `${name}-${suffix}`;
    const origin = repartitionIfNeeded(context, stream.origin, {
      name: sideName,
      key,
      value,
    });
    const tag = stateless((record, forward) => {
      const input: Input = { isStart, value: record.value };
      forward({ ...record, value: input });
    });
    return { sources: origin.sources, node: addProcessor(context, sideName, [origin.node], tag) };
  });
  const sources = new Set(sides.flatMap((side) => [...side.sources]));
  graph.copartitioned.push(sources);
  graph.addStore(Stores.keyValueStore(name, { key, value: gatherStateSerde(options.start, options.item) }));
  const parents = sides.map((side) => side.node);
  const node = addProcessor(context, `${name}-gather`, parents, () => new GatherProcessor(options), [name]);
  return context.stream<K, R>({
    node,
    key,
    value: null,
    sources,
    repartitionRequired: false,
    versioned: false,
  });
}

/** When a key must be looked at again. */
interface Due {
  readonly key: unknown;
  /** By stream time, ms. */
  readonly streamTime: number;
  /** By wall clock, ms. */
  readonly wallClock: number;
}

const MIN_INTERVAL_MS = 10;
const MAX_INTERVAL_MS = 1_000;

class GatherProcessor implements Processor {
  readonly #options: Options;
  readonly #due = new Map<string, Due>();
  #context: ProcessorContext | null = null;
  #store: KeyValueStore<unknown, GatherState> | null = null;

  constructor(options: Options) {
    this.#options = options;
  }

  init(context: ProcessorContext): void {
    const store = context.getStateStore<KeyValueStore<unknown, GatherState>>(this.#options.name);
    this.#context = context;
    this.#store = store;
    for (const [key, state] of store.all()) this.#remember(key, state);
    const interval = Math.min(
      Math.max(Math.floor(this.#options.timeoutMs / 10), MIN_INTERVAL_MS),
      MAX_INTERVAL_MS,
    );
    context.schedule(interval, 'stream-time', () => this.#fireDue());
    context.schedule(interval, 'wall-clock-time', () => this.#fireDue());
  }

  process(record: StreamRecord<unknown, unknown>): void {
    const input = record.value as Input;
    const { key } = record;
    if ((key ?? null) === null || (input.value ?? null) === null) {
      this.#context?.recordDropped((key ?? null) === null ? 'null-key' : 'null-value');
      return;
    }
    const before = this.#expire(key, this.#store?.get(key) ?? null);
    if (before?.done === true || (input.isStart && before !== null && before.start !== null)) return;
    const state = this.#add(before, input, record.timestamp);
    if (state === before) return;
    this.#settle(key, state, record.headers);
  }

  /** The state after an input; unchanged for an item that is already there. */
  #add(before: GatherState | null, input: Input, timestamp: number): GatherState {
    const state = before ?? { start: null, items: [], ids: [], updated: timestamp, done: false };
    const updated = Math.max(state.updated, timestamp);
    if (input.isStart) return { ...state, updated, start: { value: input.value, timestamp } };
    const id = this.#options.itemId?.(input.value);
    if (id !== undefined && state.ids.includes(id)) return state;
    const ids = id === undefined ? state.ids : [...state.ids, id];
    return { ...state, updated, items: [...state.items, input.value], ids };
  }

  #settle(key: unknown, state: GatherState, headers: Headers): void {
    const { count, until } = this.#options;
    const complete = state.start !== null && (state.items.length >= count || until?.(state.items) === true);
    if (complete) this.#emit(key, state, state.updated, { complete: true, headers });
    else if (this.#deadlinePassed(state)) this.#timeOut(key, state, headers);
    else this.#keep(key, state);
  }

  #deadline(state: GatherState): number | null {
    return state.start === null ? null : state.start.timestamp + this.#options.timeoutMs;
  }

  #deadlinePassed(state: GatherState): boolean {
    const deadline = this.#deadline(state);
    return deadline !== null && (this.#context?.currentStreamTimeMs() ?? -1) > deadline;
  }

  /** A wait whose deadline passed ends before the next input of its key is looked at. */
  #expire(key: unknown, state: GatherState | null): GatherState | null {
    if (state === null || state.done || !this.#deadlinePassed(state)) return state;
    return this.#timeOut(key, state, NO_HEADERS);
  }

  #timeOut(key: unknown, state: GatherState, headers: Headers): GatherState {
    return this.#emit(key, state, this.#deadline(state) ?? state.updated, { complete: false, headers });
  }

  #emit(
    key: unknown,
    state: GatherState,
    timestamp: number,
    end: { readonly complete: boolean; readonly headers: Headers },
  ): GatherState {
    const done: GatherState = { start: null, items: [], ids: [], updated: timestamp, done: true };
    this.#keep(key, done);
    const value = this.#options.result({
      key,
      start: state.start?.value,
      items: state.items,
      complete: end.complete,
      timedOut: !end.complete,
    });
    this.#context?.forward({ key, value, timestamp, headers: end.headers });
    return done;
  }

  #keep(key: unknown, state: GatherState): void {
    this.#store?.put(key, state);
    this.#remember(key, state);
  }

  #remember(key: unknown, state: GatherState): void {
    const id = this.#id(key);
    const wait = state.start === null ? this.#options.retentionMs : this.#options.timeoutMs;
    const from = state.start === null ? state.updated : state.start.timestamp;
    const known = this.#due.get(id);
    const now = this.#context?.currentSystemTimeMs() ?? 0;
    const sameWait = known !== undefined && known.streamTime === from + wait;
    const wallClock = sameWait ? known.wallClock : now + wait;
    this.#due.set(id, { key, streamTime: from + wait, wallClock });
  }

  #id(key: unknown): string {
    return Buffer.from(this.#options.key.serialize(key)).toString('latin1');
  }

  /** Ends waits whose time is up, and forgets keys whose retention is over. */
  #fireDue(): void {
    const context = this.#context;
    if (context === null) return;
    const streamTime = context.currentStreamTimeMs();
    const now = context.currentSystemTimeMs();
    for (const [id, due] of [...this.#due]) {
      if (due.streamTime >= streamTime && due.wallClock > now) continue;
      const state = this.#store?.get(due.key) ?? null;
      this.#due.delete(id);
      if (state === null) continue;
      if (state.start !== null && !state.done) this.#timeOut(due.key, state, NO_HEADERS);
      else this.#store?.put(due.key, null);
    }
  }
}
