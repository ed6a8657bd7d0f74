import type { KStream, KTable } from '../src/dsl.ts';
import { Serdes } from '../src/serdes.ts';
import { SessionWindows } from '../src/session-windows.ts';
import { SlidingWindows } from '../src/sliding-windows.ts';
import type { StreamsBuilder } from '../src/streams-builder.ts';
import { BufferConfig, StrictBufferConfig, Suppressed } from '../src/suppressed.ts';
import { JoinWindows, TimeWindows } from '../src/windows.ts';
import { S } from './table-scenario.ts';

type Text = string | null;

/** The words of a recorded topology after its name. */
type Words = readonly string[];

const nullable = { key: Serdes.nullable(S), value: Serdes.nullable(S) };
const text = { key: S, value: S };
const changelog = 'app-s-changelog';

const empty = (): string => '';
const add = (_key: unknown, value: Text, sum: string): string | null => {
  if (value === null) return `${sum}_`;
  return value === 'DEL' ? null : `${sum}${value}`;
};
const merge = (_key: unknown, one: string, two: string): string => (two === null ? one : `${one}(${two})`);
const plus = (_key: unknown, value: string, sum: string): string => `${sum}+${value}`;
const minus = (_key: unknown, value: string, sum: string): string => `${sum}-${value}`;
const stored = (name: string) => ({ name, ...text });

/** Builds a recorded topology and answers the topics whose records were recorded. */
export type WindowTopology = (builder: StreamsBuilder, words: Words) => readonly string[];

export const windowTopologies: Readonly<Record<string, WindowTopology>> = {
  slide: (builder, words) => emit(sliding(builder, words).aggregate(empty, add, stored('s'))),
  slideReduce: (builder, words) => emit(sliding(builder, words).reduce((x, y) => `${x}${y}`, stored('s'))),
  slideCount: (builder, words) => emit(sliding(builder, words).count({ name: 's', key: S })),
  slideClose: (builder, words) =>
    emit(sliding(builder, words).emitStrategy('on-window-close').aggregate(empty, add, stored('s'))),
  win: (builder, words) => emit(timed(builder, words).aggregate(empty, add, stored('s'))),
  winClose: (builder, words) =>
    emit(timed(builder, words).emitStrategy('on-window-close').aggregate(empty, add, stored('s'))),
  session: (builder, words) => emit(sessions(builder, words).aggregate(empty, add, merge, stored('s'))),
  sessionReduce: (builder, words) =>
    emit(sessions(builder, words).reduce((x, y) => `${x}.${y}`, stored('s'))),
  sessionCount: (builder, words) => emit(sessions(builder, words).count({ name: 's', key: S })),
  sessionClose: (builder, words) => {
    const closing = sessions(builder, words).emitStrategy('on-window-close');
    return emit(closing.aggregate(empty, add, merge, stored('s')));
  },
  sub(builder) {
    const sums = grouped(builder).aggregate(empty, add, stored('s'));
    return [...regroup(sums, () => 'all'), changelog, 'app-t-changelog'];
  },
  subWin(builder, [size = '', grace = '']) {
    const windows = TimeWindows.ofSizeAndGrace(Number(size), Number(grace));
    return regroup(grouped(builder).windowedBy(windows).aggregate(empty, add, stored('s')), ({ key }) => key);
  },
  subSession: (builder, words) =>
    regroup(sessions(builder, words).aggregate(empty, add, merge, stored('s')), ({ key }) => key),
  join: streamJoin,
  selfJoin(builder, [difference = '', grace = '']) {
    const windows = JoinWindows.ofTimeDifferenceAndGrace(Number(difference), Number(grace));
    const stream = builder.stream('in', nullable);
    const joined = { name: 'j', ...nullable, otherValue: nullable.value };
    stream.join(stream, (x, y) => `${x}+${y}`, windows, joined).to('out', { value: S });
    return ['out'];
  },
  cogroup,
  supWin(builder, [size = '', grace = '', ...buffer]) {
    const windows = TimeWindows.ofSizeAndGrace(Number(size), Number(grace));
    return suppressClosed(grouped(builder).windowedBy(windows).aggregate(empty, add, stored('s')), buffer);
  },
  supCount(builder, [size = '', grace = '', ...buffer]) {
    const windows = TimeWindows.ofSizeAndGrace(Number(size), Number(grace));
    const counts = grouped(builder).windowedBy(windows).count({ name: 's', key: S });
    return suppressClosed(
      counts.filter((_key, count) => count > 1),
      buffer,
    );
  },
  supSession: (builder, [gap = '', grace = '', ...buffer]) =>
    suppressClosed(sessions(builder, [gap, grace]).aggregate(empty, add, merge, stored('s')), buffer),
  supSlide: (builder, [difference = '', grace = '', ...buffer]) =>
    suppressClosed(sliding(builder, [difference, grace]).aggregate(empty, add, stored('s')), buffer),
  supAgg(builder, [wait = '', ...buffer]) {
    const suppressed = Suppressed.untilTimeLimit(Number(wait), bufferOf(buffer));
    const sums = grouped(builder).aggregate(empty, add, stored('s'));
    return emit(sums.suppress(suppressed, { name: 'b-store' }), ['app-b-store-changelog']);
  },
  tableSup(builder, [wait = '', ...buffer]) {
    const suppressed = Suppressed.untilTimeLimit(Number(wait), bufferOf(buffer));
    const late = builder.table('in', { ...nullable, store: 't' }).suppress(suppressed, { name: 'b-store' });
    late.toStream().to('out');
    const other = builder.table('in2', { ...nullable, store: 't2' });
    const materialized = { name: 'tj', ...nullable };
    late
      .join(other, (x, y) => `${x}+${y}`, { name: 'jj', materialized })
      .toStream()
      .to('out2');
    const stores = ['b-store', 't', 't2', 'tj'].map((store) => `app-${store}-changelog`);
    return ['out', 'out2', ...stores];
  },
};

function grouped(builder: StreamsBuilder) {
  return builder
    .stream('in', { key: S, value: nullable.value })
    .groupByKey({ key: S, value: nullable.value });
}

function sliding(builder: StreamsBuilder, [difference = '', grace = '']: Words) {
  const stream = builder.stream('in', text).groupByKey(text);
  return stream.windowedBy(SlidingWindows.ofTimeDifferenceAndGrace(Number(difference), Number(grace)));
}

function timed(builder: StreamsBuilder, [size = '', advance = '', grace = '']: Words) {
  const windows = TimeWindows.ofSizeAndGrace(Number(size), Number(grace)).advanceBy(Number(advance));
  return builder.stream('in', text).groupByKey(text).windowedBy(windows);
}

function sessions(builder: StreamsBuilder, [gap = '', grace = '']: Words) {
  const windows = SessionWindows.ofInactivityGapAndGrace(Number(gap), Number(grace));
  return builder.stream('in', text).groupByKey(text).windowedBy(windows);
}

function emit<K, V>(table: KTable<K, V>, changelogs = [changelog]): readonly string[] {
  table.toStream().to('out');
  return ['out', ...changelogs];
}

function regroup<K>(table: KTable<K, string>, keyOf: (key: K) => string): readonly string[] {
  const groups = table.groupBy((key, value) => [keyOf(key), value], { name: 'g', ...text });
  return emit(groups.aggregate(empty, plus, minus, stored('t')), []);
}

function suppressClosed<K, V>(table: KTable<K, V>, words: Words): readonly string[] {
  const buffer = bufferOf(words);
  if (!(buffer instanceof StrictBufferConfig)) throw new Error('Windows wait in strict buffers.');
  const suppressed = Suppressed.untilWindowCloses(buffer);
  return emit(table.suppress(suppressed, { name: 'b-store' }), ['app-b-store-changelog']);
}

function bufferOf([kind, limit]: Words): BufferConfig {
  if (kind === 'rec') return BufferConfig.maxRecords(Number(limit));
  if (kind === 'bytes') return BufferConfig.maxBytes(Number(limit));
  if (kind === 'recShut') return BufferConfig.maxRecords(Number(limit)).shutDownWhenFull();
  return BufferConfig.unbounded();
}

function streamJoin(builder: StreamsBuilder, [kind = '', before = '', after = '', grace = '']: Words) {
  const left = builder.stream('in', nullable);
  const right = builder.stream('in2', nullable);
  const windows = JoinWindows.ofTimeDifferenceAndGrace(Math.max(Number(before), Number(after)), Number(grace))
    .before(Number(before))
    .after(Number(after));
  const joined = { name: 'j', ...nullable, otherValue: nullable.value };
  const pair = (x: Text, y: Text, key: Text): string => `${key}:${x}+${y}`;
  const results: KStream<Text, string> =
    kind === 'inner'
      ? left.join(right, pair, windows, joined)
      : kind === 'left'
        ? left.leftJoin<Text, string>(right, pair, windows, joined)
        : left.outerJoin<Text, string>(right, pair, windows, joined);
  results.to('out', { value: S });
  const stores = {
    inner: ['this-join', 'other-join'],
    left: ['this-join', 'outer-other-join', 'left-shared-join'],
    outer: ['outer-this-join', 'outer-other-join', 'outer-shared-join'],
  };
  const names = kind === 'inner' ? stores.inner : kind === 'left' ? stores.left : stores.outer;
  return ['out', ...names.map((name) => `app-j-${name}-store-changelog`)];
}

function cogroup(builder: StreamsBuilder, [kind = '', ...words]: Words): readonly string[] {
  const [one = 0, two = 0, three = 0] = words.map(Number);
  const other = builder
    .stream('in2', nullable)
    .groupBy((_key, value) => (value === null ? null : value.slice(0, 1)), { name: 'rk', ...nullable });
  const cogrouped = builder
    .stream('in', nullable)
    .groupByKey(nullable)
    .cogroup<string>(add)
    .cogroup(other, (_key, value, sum) => `${sum}[${value}]`);
  const store = { name: 's', ...nullable, value: S };
  const topics = ['app-rk-repartition', changelog];
  switch (kind) {
    case 'time': {
      const windows = TimeWindows.ofSizeAndGrace(one, three).advanceBy(two);
      return emit(cogrouped.windowedBy(windows).aggregate(empty, store), topics);
    }
    case 'slide': {
      const windows = SlidingWindows.ofTimeDifferenceAndGrace(one, two);
      return emit(cogrouped.windowedBy(windows).aggregate(empty, store), topics);
    }
    case 'session': {
      const windows = SessionWindows.ofInactivityGapAndGrace(one, two);
      return emit(cogrouped.windowedBy(windows).aggregate(empty, merge, store), topics);
    }
    default:
      return emit(cogrouped.aggregate(empty, store), topics);
  }
}
