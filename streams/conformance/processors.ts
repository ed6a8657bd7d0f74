import type { Processor, ProcessorContext } from '../src/processor.ts';
import { NO_HEADERS, type StreamRecord } from '../src/record.ts';
import type {
  KeyValueStore,
  SessionStore,
  TimestampedKeyValueStore,
  TimestampedWindowStore,
  ValueAndTimestamp,
  Windowed,
  WindowStore,
} from '../src/state-stores.ts';
import type { ProcessorSpec } from './function-format.ts';
import { contains, show } from './functions.ts';

type Context = ProcessorContext;
type Row = StreamRecord<unknown, unknown>;
type Spec<F extends ProcessorSpec['fn']> = Extract<ProcessorSpec, { fn: F }>;
type Start = (context: Context) => (row: Row) => void;

/** Reads of a versioned store, as far as cases go. */
interface VersionedReads {
  put(key: unknown, value: unknown, timestamp: number): unknown;
  get(key: unknown, asOf?: number): { readonly value: unknown; readonly timestamp: number } | null;
}

/** The named processors of cases. */
export function createProcessor(spec: ProcessorSpec): Processor {
  const start = startOf(spec);
  let process: (row: Row) => void = () => undefined;
  return {
    init(context) {
      process = start(context);
    },
    process: (row) => process(row),
  };
}

function startOf(spec: ProcessorSpec): Start {
  switch (spec.fn) {
    case 'count':
      return withKey((context) => count(context, spec));
    case 'drop-repeated':
      return withKey((context) => dropRepeated(context, spec));
    case 'collect':
      return withKey((context) => collect(context, spec));
    case 'tick':
      return (context) => tick(context, spec);
    case 'scan':
      return withKey((context) => scan(context, spec));
    case 'put-if-absent':
      return withKey((context) => putIfAbsent(context, spec));
    case 'timestamped-put':
      return withKey((context) => timestampedPut(context, spec));
    case 'timestamped-window-put':
      return withKey((context) => timestampedWindowPut(context, spec));
    case 'window-put':
      return withKey((context) => windowPut(context, spec));
    case 'session-put':
      return withKey((context) => sessionPut(context, spec));
    case 'versioned-put':
      return withKey((context) => versionedPut(context, spec));
    case 'times':
      return times;
    case 'add-header': {
      const header = { key: spec.name, value: Buffer.from(spec.text) };
      return (context) => (row) => context.forward({ ...row, headers: [...row.headers, header] });
    }
    case 'remove-headers':
      return (context) => (row) => context.forward({ ...row, headers: NO_HEADERS });
    case 'swap':
      return (context) => (row) => context.forward({ ...row, key: row.value, value: row.key });
    case 'shift-timestamp':
      return (context) => (row) =>
        context.forward({ ...row, timestamp: Math.max(0, row.timestamp + spec.by) });
    case 'fail-when-contains':
      return (context) => (row) => {
        if (contains(row.value, spec.text)) throw new Error('the case asks for this failure');
        context.forward(row);
      };
  }
}

/** Stores take no null keys: such records are dropped. */
function withKey(start: Start): Start {
  return (context) => {
    const process = start(context);
    return (row) => {
      if (row.key !== null) process(row);
    };
  };
}

function keyValueStore(context: Context, name: string): KeyValueStore<unknown, unknown> {
  return context.getStateStore(name);
}

function count(context: Context, spec: Spec<'count'>): (row: Row) => void {
  const store = keyValueStore(context, spec.store);
  return (row) => {
    const before = store.get(row.key);
    const now = typeof before === 'number' ? before + 1 : 1;
    store.put(row.key, now);
    context.forward({ ...row, value: now });
  };
}

function dropRepeated(context: Context, spec: Spec<'drop-repeated'>): (row: Row) => void {
  const store = keyValueStore(context, spec.store);
  return (row) => {
    if (store.get(row.key) === row.value) return;
    store.put(row.key, row.value);
    context.forward(row);
  };
}

function collect(context: Context, spec: Spec<'collect'>): (row: Row) => void {
  const store = keyValueStore(context, spec.store);
  context.schedule(spec.every, spec.time, (timestamp) => {
    for (const [key, value] of [...store.all()]) {
      if (spec.clear === true) store.delete(key);
      context.forward({ key, value, timestamp, headers: NO_HEADERS });
    }
  });
  return (row) => store.put(row.key, row.value);
}

function tick(context: Context, spec: Spec<'tick'>): (row: Row) => void {
  let fired = 0;
  const scheduled = context.schedule(spec.every, spec.time, (timestamp) => {
    fired += 1;
    context.forward({ key: null, value: `tick ${timestamp}`, timestamp, headers: NO_HEADERS });
    if (spec.times !== undefined && fired >= spec.times) scheduled.cancel();
  });
  return (row) => context.forward({ ...row, value: show(row.value) });
}

function scan(context: Context, spec: Spec<'scan'>): (row: Row) => void {
  const store = keyValueStore(context, spec.store);
  return (row) => {
    store.put(row.key, row.value);
    const all = [...store.all({ reverse: spec.reverse ?? false })];
    const upwards = [...store.range(row.key, null)].map(([key]) => show(key)).join(',');
    const text = all.map(([key, value]) => `${show(key)}=${show(value)}`).join(',');
    context.forward({ ...row, value: `${text}|${upwards}` });
  };
}

function putIfAbsent(context: Context, spec: Spec<'put-if-absent'>): (row: Row) => void {
  const store = keyValueStore(context, spec.store);
  return (row) => {
    const value =
      row.value === null
        ? `deleted ${show(store.delete(row.key))}`
        : `before ${show(store.putIfAbsent(row.key, row.value))}`;
    context.forward({ ...row, value });
  };
}

function timestampedPut(context: Context, spec: Spec<'timestamped-put'>): (row: Row) => void {
  const store = context.getStateStore<TimestampedKeyValueStore<unknown, unknown>>(spec.store);
  return (row) => {
    const value = `before ${showStamped(store.get(row.key))}`;
    store.put(row.key, stamped(row));
    context.forward({ ...row, value });
  };
}

function timestampedWindowPut(context: Context, spec: Spec<'timestamped-window-put'>): (row: Row) => void {
  const store = context.getStateStore<TimestampedWindowStore<unknown, unknown>>(spec.store);
  return (row) => {
    const start = row.timestamp - (row.timestamp % 10);
    store.put(row.key, stamped(row), start);
    const found = [...store.fetchRange(row.key, Math.max(0, start - spec.before), start)];
    const value = found.map(([at, each]) => `${at}=${showStamped(each)}`).join(',');
    context.forward({ ...row, value });
  };
}

function stamped({ value, timestamp }: Row): ValueAndTimestamp<unknown> | null {
  return value === null ? null : { value, timestamp };
}

function showStamped(found: ValueAndTimestamp<unknown> | null): string {
  return found === null ? 'nothing' : `${show(found.value)}@${found.timestamp}`;
}

function windowPut(context: Context, spec: Spec<'window-put'>): (row: Row) => void {
  const store = context.getStateStore<WindowStore<unknown, unknown>>(spec.store);
  return (row) => {
    store.put(row.key, row.value, row.timestamp);
    const from = Math.max(0, row.timestamp - spec.before);
    const found = [...store.fetchRange(row.key, from, row.timestamp)];
    const value = found.map(([start, each]) => `${start}=${show(each)}`).join(',');
    context.forward({ ...row, value });
  };
}

function sessionPut(context: Context, spec: Spec<'session-put'>): (row: Row) => void {
  const store = context.getStateStore<SessionStore<unknown, unknown>>(spec.store);
  return (row) => {
    const { key, timestamp } = row;
    const found = [...store.findSessions(key, timestamp - spec.gap, timestamp + spec.gap)];
    let window = { start: timestamp, end: timestamp };
    for (const [session] of found) {
      window = {
        start: Math.min(window.start, session.window.start),
        end: Math.max(window.end, session.window.end),
      };
      store.remove(session);
    }
    const whole: Windowed<unknown> = { key, window };
    store.put(whole, row.value);
    const value = found.map(([session, each]) => `${show(session)}=${show(each)}`).join(',');
    context.forward({ ...row, value });
  };
}

function versionedPut(context: Context, spec: Spec<'versioned-put'>): (row: Row) => void {
  const store = context.getStateStore(spec.store) as unknown as VersionedReads;
  return (row) => {
    store.put(row.key, row.value, row.timestamp);
    const asOf = Math.max(0, row.timestamp - spec.ago);
    context.forward({
      ...row,
      value: `${showStamped(store.get(row.key))} then ${showStamped(store.get(row.key, asOf))}`,
    });
  };
}

const times: Start = (context) => (row) => {
  const metadata = context.recordMetadata();
  const place = metadata === null ? 'nowhere' : `${metadata.topic}-${metadata.partition}-${metadata.offset}`;
  const value = `${context.currentStreamTimeMs()}/${context.currentSystemTimeMs()} ${place}`;
  context.forward({ ...row, value });
};
