import { Serdes } from '../src/serdes.ts';
import { StreamsBuilder } from '../src/streams-builder.ts';
import type { Topology } from '../src/topology.ts';
import { TimeWindows } from '../src/windows.ts';

export const TOPICS = {
  /** Key: anything; value: `<event id> <word>`. */
  events: 'chaos-events',
  /** A table: word to label. Complete before the first event. */
  labels: 'chaos-labels',
  /** One record per event: key word, value `<event id> <label>`. */
  labelled: 'chaos-labelled',
  /** Key word, value 1, 2, 3… */
  counts: 'chaos-counts',
  /** Key `<word>@<window start>`, value 1, 2, 3… */
  windowCounts: 'chaos-window-counts',
} as const;

export const WINDOW_MS = 10_000;
const DAY_MS = 86_400_000;

export const REPARTITION = 'by-word';
export const COUNTS_STORE = 'counts';

/** The word of an event's value. */
export function wordOf(event: string): string {
  return event.slice(event.indexOf(' ') + 1);
}

/** The id of an event or of a labelled event. */
export function idOf(event: string): string {
  return event.slice(0, event.indexOf(' '));
}

export function labelOf(word: string): string {
  return `label-of-${word}`;
}

export function windowKey(word: string, windowStart: number): string {
  return `${word}@${windowStart}`;
}

/**
 * Every kind of state at once: a repartition topic, a count and a windowed count with changelogs, and
 * a table that a stream is joined with.
 */
export function chaosTopology(): Topology {
  const text = Serdes.string();
  const builder = new StreamsBuilder();
  const labels = builder.table(TOPICS.labels, { key: text, value: text, store: 'labels' });
  const byWord = builder
    .stream(TOPICS.events, { key: text, value: text })
    .selectKey((_key, event) => wordOf(event))
    .repartition({ name: REPARTITION, key: text, value: text });
  byWord
    .join(labels, (event, label) => `${idOf(event)} ${label}`, { name: 'labelled' })
    .to(TOPICS.labelled, { key: text, value: text });
  const grouped = byWord.groupByKey({ key: text, value: text });
  grouped.count({ name: COUNTS_STORE, key: text }).toStream().to(TOPICS.counts);
  grouped
    .windowedBy(TimeWindows.ofSizeAndGrace(WINDOW_MS, DAY_MS))
    .count({ name: 'window-counts', key: text })
    .toStream((windowed) => windowKey(windowed.key, windowed.window.start))
    .to(TOPICS.windowCounts, { key: text, value: Serdes.long() });
  return builder.build();
}
