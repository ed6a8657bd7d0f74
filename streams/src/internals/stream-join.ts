import type { StreamJoined } from '../dsl-options.ts';
import { TopologyError } from '../errors.ts';
import type { Processor, ProcessorSupplier } from '../processor.ts';
import type { Serde } from '../serdes.ts';
import { Stores } from '../store-builder.ts';
import { JoinWindows } from '../windows.ts';
import { addProcessor, type BuilderContext, requireSerde, type StreamOrigin } from './builder-context.ts';
import { waitingKeySerde, waitingValuesSerde } from './outer-join-serdes.ts';
import { repartitionIfNeeded } from './repartition.ts';
import { type JoinSideOptions, streamJoinSide } from './stream-join-side.ts';
import type { HeadersWindowStore } from './typed-window-store.ts';

export interface StreamJoinOptions {
  readonly joiner: (value: unknown, other: unknown, key: unknown) => unknown;
  readonly windows: JoinWindows;
  readonly joined: StreamJoined<unknown, unknown, unknown>;
  readonly kind: StreamJoinKind;
}

/** Which sides' records are emitted alone when no partner came: none, the left's, both. */
export type StreamJoinKind = 'inner' | 'left' | 'outer';

/** Joins two streams in time windows; both sides keep their records in a window store. */
export function addStreamJoin(
  context: BuilderContext,
  leftOrigin: StreamOrigin,
  rightOrigin: StreamOrigin,
  options: StreamJoinOptions,
): StreamOrigin {
  const { joined, windows } = options;
  if (!(windows instanceof JoinWindows)) {
    throw new TopologyError('A stream is joined with a table, a global table, or a stream with JoinWindows.');
  }
  const { name } = joined;
  const left = partitioned(context, leftOrigin, joined.value ?? null, `${name}-left`, options);
  const right = partitioned(context, rightOrigin, joined.otherValue ?? null, `${name}-right`, options);
  const sources = new Set([...left.sources, ...right.sources]);
  context.graph.copartitioned.push(sources);
  if (options.kind !== 'inner') {
    context.graph.keepNullKeysBefore(left.node);
    context.graph.keepNullKeysBefore(right.node);
  }
  const key = requireSerde(joined.key, left.key ?? right.key, `The key of join "${name}"`);
  const leftValue = requireSerde(joined.value, left.value, `The left value of join "${name}"`);
  const rightValue = requireSerde(joined.otherValue, right.value, `The right value of join "${name}"`);
  const stores = addStores(context, options, key, leftValue, rightValue);
  const names = joinNames(name, options.kind);
  const joinNodes = [true, false].map((isLeft) => {
    const side = isLeft ? 'this' : 'other';
    const origin = isLeft ? left : right;
    const own = isLeft ? stores.left : stores.right;
    const keeper = addProcessor(context, `${name}-${side}-windowed`, [origin.node], keepInWindow(own), [own]);
    const sideOptions: JoinSideOptions = {
      joiner: options.joiner,
      windows,
      leftStore: stores.left,
      rightStore: stores.right,
      waiting: stores.waiting,
      isLeft,
      outer: options.kind === 'outer' || (isLeft && options.kind === 'left'),
    };
    const used = [stores.left, stores.right, ...(stores.waiting === null ? [] : [stores.waiting])];
    return addProcessor(
      context,
      isLeft ? names.left : names.right,
      [keeper],
      streamJoinSide(sideOptions),
      used,
    );
  });
  const pass: ProcessorSupplier = () => {
    let forward: Processor['process'] = () => undefined;
    return {
      init: (processorContext) => {
        forward = (record) => processorContext.forward(record);
      },
      process: (record) => forward(record),
    };
  };
  const node = addProcessor(context, `${name}-merge`, joinNodes, pass);
  const versioned = left.versioned && right.versioned;
  return { node, key, value: null, sources, repartitionRequired: false, versioned };
}

function partitioned(
  context: BuilderContext,
  origin: StreamOrigin,
  value: Serde<unknown> | null,
  name: string,
  options: StreamJoinOptions,
): StreamOrigin {
  return repartitionIfNeeded(context, origin, {
    name,
    key: options.joined.key ?? null,
    value,
  });
}

/** Names as Kafka Streams makes them: of the two sides' steps and, with `-store`, of their stores. */
function joinNames(name: string, kind: StreamJoinKind) {
  return {
    left: `${name}${kind === 'outer' ? '-outer' : ''}-this-join`,
    right: `${name}${kind === 'inner' ? '' : '-outer'}-other-join`,
    waiting: kind === 'inner' ? null : `${name}-${kind}-shared-join`,
  };
}

function addStores(
  context: BuilderContext,
  { windows, joined, kind }: StreamJoinOptions,
  key: Serde<unknown>,
  leftValue: Serde<unknown>,
  rightValue: Serde<unknown>,
): { readonly left: string; readonly right: string; readonly waiting: string | null } {
  const windowSizeMs = windows.beforeMs + windows.afterMs;
  const shape = { key, windowSizeMs, retentionMs: windowSizeMs + windows.graceMs, retainDuplicates: true };
  const names = joinNames(joined.name, kind);
  const stores = {
    left: `${names.left}-store`,
    right: `${names.right}-store`,
    waiting: names.waiting === null ? null : `${names.waiting}-store`,
  };
  context.graph.addStore(Stores.windowStore(stores.left, { ...shape, value: leftValue }));
  context.graph.addStore(Stores.windowStore(stores.right, { ...shape, value: rightValue }));
  if (stores.waiting !== null) {
    const serdes = { key: waitingKeySerde(key), value: waitingValuesSerde(leftValue, rightValue) };
    context.graph.addStore(Stores.keyValueStore(stores.waiting, serdes));
  }
  return stores;
}

/** Hands a record on, then remembers it for the other side (Kafka Streams: `KStreamJoinWindow`). */
function keepInWindow(store: string): ProcessorSupplier {
  return (): Processor => {
    let process: Processor['process'] = () => undefined;
    return {
      init(context) {
        const window = context.getStateStore<HeadersWindowStore>(store);
        process = (record) => {
          context.forward(record);
          const { key, timestamp } = record;
          if ((key ?? null) === null) return;
          const value = record.value ?? null;
          window.put(key, value, timestamp, record.headers);
        };
      },
      process: (record) => process(record),
    };
  };
}
