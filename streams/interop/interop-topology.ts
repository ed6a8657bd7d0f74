import type { KGroupedStream, KStream, KTable } from '../src/dsl.ts';
import { Serdes } from '../src/serdes.ts';
import { SessionWindows } from '../src/session-windows.ts';
import { SlidingWindows } from '../src/sliding-windows.ts';
import type { Windowed } from '../src/state-stores.ts';
import { StreamsBuilder } from '../src/streams-builder.ts';
import { BufferConfig, Suppressed } from '../src/suppressed.ts';
import type { Topology } from '../src/topology.ts';
import { JoinWindows, TimeWindows } from '../src/windows.ts';

const key = Serdes.string();
const text = { key, value: Serdes.string() };
const long = { key, value: Serdes.long() };
const HOUR_MS = 3_600_000;

/** What a run writes to: `output(topic)`; what it reads: `input(topic)`. */
export interface InteropNames {
  readonly application: string;
  /** Of the topics that are read; several applications may read the same. */
  readonly inputs: string;
}

export function inputTopic({ inputs }: InteropNames, topic: string): string {
  return `${inputs}-${topic}`;
}

export function outputTopic({ application }: InteropNames, topic: string): string {
  return `${application}.out.${topic}`;
}

/** The topology of java/org/millstream/interop/InteropTopology.java, step by step. */
export function interopTopology(names: InteropNames): Topology {
  const builder = new StreamsBuilder();
  const events = builder.stream(inputTopic(names, 'events'), long);
  const byKey = events.groupByKey();
  const bench = { names, builder, events, byKey };
  aggregate(bench);
  aggregateWindows(bench);
  joinStreams(bench);
  joinTables(bench);
  joinForeignKeys(bench);
  keepPartitionTime(bench);
  return builder.build();
}

interface Bench {
  readonly names: InteropNames;
  readonly builder: StreamsBuilder;
  readonly events: KStream<string, number>;
  readonly byKey: KGroupedStream<string, number>;
}

function aggregate({ names, builder, events, byKey }: Bench): void {
  write(names, 'counts', byKey.count({ name: 'counts', key }));
  write(
    names,
    'sums',
    byKey.reduce((sum, value) => sum + value, { name: 'sums', ...long }),
  );
  const letters = events
    .groupBy((name) => name.slice(0, 1), { name: 'by-letter', ...long })
    .count({ name: 'letters', key });
  write(names, 'letters', letters);
  const both = byKey
    .cogroup<string>((_key, value, known) => lastLetters(known + value))
    .cogroup(builder.stream(inputTopic(names, 'answers'), text).groupByKey(), (_key, value, known) =>
      lastLetters(known + value),
    )
    .aggregate(() => '', { name: 'both', ...text });
  write(names, 'both', both);
}

function lastLetters(known: string): string {
  return known.slice(-12);
}

function aggregateWindows({ names, byKey }: Bench): void {
  const second = TimeWindows.ofSizeAndGrace(1_000, 20);
  const perSecond = byKey.windowedBy(second).count({ name: 'per-second', key, retentionMs: HOUR_MS });
  writeFlat(names, 'per-second', perSecond);
  const final = perSecond.suppress(Suppressed.untilWindowCloses(BufferConfig.unbounded()), {
    name: 'final-store',
  });
  writeFlat(names, 'final', final);
  const closed = byKey
    .windowedBy(second)
    .emitStrategy('on-window-close')
    // Null values reach the reducers of windows, here and there.
    .reduce((sum, value) => sum + (value ?? 0), { name: 'closed', ...long, retentionMs: HOUR_MS });
  writeFlat(names, 'closed', closed);
  const slides = byKey
    .windowedBy(SlidingWindows.ofTimeDifferenceAndGrace(300, 100))
    .count({ name: 'slides', key, retentionMs: HOUR_MS });
  writeFlat(names, 'slides', slides);
  const sessions = byKey
    .windowedBy(SessionWindows.ofInactivityGapAndGrace(250, 100))
    .count({ name: 'sessions', key });
  writeFlat(names, 'sessions', sessions);
}

function joinStreams({ names, builder, events }: Bench): void {
  const near = JoinWindows.ofTimeDifferenceAndGrace(150, 100);
  const questions = builder.stream(inputTopic(names, 'questions'), text);
  events
    .leftJoin(questions, (value, question) => `${value}/${question}`, near, { name: 'pairs' })
    .to(outputTopic(names, 'pairs'), text);
  events
    .outerJoin(questions, (value, question) => `${value}/${question}`, near, { name: 'outer' })
    .to(outputTopic(names, 'outer'), text);
}

function joinTables({ names, builder, events }: Bench): void {
  const profiles = builder.table(inputTopic(names, 'profiles'), { ...text, store: 'profiles' });
  events
    .join(profiles, (value, profile) => `${value}/${profile}`, { name: 'enriched', ...long })
    .to(outputTopic(names, 'enriched'), text);
  const regions = profiles
    .groupBy((_key, profile) => [profile.slice(0, 1), Number(profile.slice(1))], {
      name: 'by-region',
      ...long,
    })
    .reduce(
      (sum, value) => sum + value,
      (sum, value) => sum - value,
      { name: 'regions', ...long },
    );
  write(names, 'regions', regions);
  const prices = builder.table(inputTopic(names, 'prices'), {
    ...text,
    store: 'prices',
    historyRetentionMs: HOUR_MS,
  });
  events
    .leftJoin(prices, (value, price) => `${value}/${price}`, { name: 'priced', ...long, gracePeriodMs: 200 })
    .to(outputTopic(names, 'priced'), text);
  const offers = profiles.outerJoin(prices, (profile, price) => `${profile}/${price}`, {
    name: 'offers',
    materialized: { name: 'offers', ...text },
  });
  write(names, 'offers', offers);
}

function joinForeignKeys({ names, builder }: Bench): void {
  const orders = builder.table(inputTopic(names, 'orders'), { ...text, store: 'orders' });
  const customers = builder.table(inputTopic(names, 'customers'), { ...text, store: 'customers' });
  const customerOf = (order: string): string => order.slice(0, 2);
  const owned = orders.join(customers, customerOf, (order, customer) => `${order}/${customer}`, {
    name: 'owned',
    materialized: { name: 'owned-rows', ...text },
  });
  write(names, 'owned', owned);
  const placed = orders.leftJoin(customers, customerOf, (order, customer) => `${order}/${customer}`, {
    name: 'placed',
    materialized: { name: 'placed-rows', ...text },
  });
  write(names, 'placed', placed);
}

/** A record without a time of its own, "now", gets the highest time that its partition had before. */
function keepPartitionTime({ names, builder }: Bench): void {
  builder
    .stream(inputTopic(names, 'ticks'), {
      ...text,
      timestampExtractor: (record, partitionTime, { value }) =>
        value === 'now' ? partitionTime : record.timestamp,
    })
    .to(outputTopic(names, 'ticks'));
}

function write<V>(names: InteropNames, topic: string, table: KTable<string, V>): void {
  table.toStream().to(outputTopic(names, topic));
}

function writeFlat(names: InteropNames, topic: string, table: KTable<Windowed<string>, number>): void {
  table
    .toStream((windowed) => `${windowed.key}@${windowed.window.start}-${windowed.window.end}`)
    .to(outputTopic(names, topic), long);
}
