import { Serdes } from '../src/serdes.ts';
import { type CommittedRecord, readCommitted } from './committed-records.ts';
import type { FedEvents } from './feeder.ts';
import type { Instance } from './instance.ts';
import { COUNTS_STORE, idOf, labelOf, TOPICS, WINDOW_MS, windowKey, wordOf } from './topology.ts';
import { type Finding, judgeCounts, judgeIds, judgeTable } from './verdict.ts';

/** One thing that was compared. */
export interface Check extends Finding {
  readonly what: string;
  readonly compared: number;
}

const long = Serdes.long();

/** Compares everything committed with what the input log says must have come out. */
export async function checkOutput(options: {
  readonly bootstrapServers: readonly string[];
  readonly applicationId: string;
  readonly fed: FedEvents;
  readonly instances: readonly Instance[];
  readonly signal: AbortSignal;
}): Promise<Check[]> {
  const { bootstrapServers, applicationId, fed, instances, signal } = options;
  const changelog = `${applicationId}-${COUNTS_STORE}-changelog`;
  const topics = [TOPICS.events, TOPICS.labelled, TOPICS.counts, TOPICS.windowCounts, changelog];
  const committed = await readCommitted(bootstrapServers, topics, signal);
  const recordsOf = (topic: string): readonly CommittedRecord[] => committed.get(topic) ?? [];
  const stores = await Promise.all(instances.map((instance) => instance.counts()));
  const input = toInput(recordsOf(TOPICS.events));
  const { ids, labelled, perWord, perWindow } = input;
  return [
    check('input: every acknowledged event once', ids, judgeInput(fed, ids)),
    check('joined: every event once', labelled, judgeIds(labelled, toTimes(recordsOf(TOPICS.labelled)))),
    check(
      'counts: 1 to n of every word',
      perWord,
      judgeCounts(perWord, toSequences(recordsOf(TOPICS.counts))),
    ),
    check(
      'window counts: 1 to n of every word and window',
      perWindow,
      judgeCounts(perWindow, toSequences(recordsOf(TOPICS.windowCounts))),
    ),
    check('changelog: the last count', perWord, judgeTable(perWord, toTable(recordsOf(changelog)))),
    check('stores: the last count', perWord, judgeTable(perWord, new Map(stores.flat()))),
  ];
}

type Times = ReadonlyMap<string, number>;

interface Input {
  readonly ids: Times;
  /** By id and label, as the join writes them. */
  readonly labelled: Times;
  readonly perWord: Times;
  readonly perWindow: Times;
}

/** The log itself is the truth. */
function toInput(records: readonly CommittedRecord[]): Input {
  const ids = new Map<string, number>();
  const labelled = new Map<string, number>();
  const perWord = new Map<string, number>();
  const perWindow = new Map<string, number>();
  for (const { value, timestamp } of records) {
    const event = value?.toString('utf8') ?? '';
    const word = wordOf(event);
    increase(ids, idOf(event));
    increase(labelled, `${idOf(event)} ${labelOf(word)}`);
    increase(perWord, word);
    increase(perWindow, windowKey(word, Math.floor(timestamp / WINDOW_MS) * WINDOW_MS));
  }
  return { ids, labelled, perWord, perWindow };
}

/** An event whose fate the feeder does not know may be there or not. */
function judgeInput(fed: FedEvents, ids: Times): Finding {
  const expected = new Map([...fed.acknowledged].map((id): [string, number] => [id, 1]));
  for (const id of fed.uncertain) if (ids.has(id)) expected.set(id, 1);
  return judgeIds(expected, ids);
}

function toTimes(records: readonly CommittedRecord[]): Times {
  const times = new Map<string, number>();
  for (const { value } of records) increase(times, value?.toString('utf8') ?? '');
  return times;
}

/** Values per key, in the order of the log. */
function toSequences(records: readonly CommittedRecord[]): ReadonlyMap<string, readonly number[]> {
  const sequences = new Map<string, number[]>();
  for (const record of records) {
    const key = textOf(record.key);
    const sequence = sequences.get(key) ?? [];
    sequence.push(record.value === null ? 0 : long.deserialize(record.value));
    sequences.set(key, sequence);
  }
  return sequences;
}

function toTable(records: readonly CommittedRecord[]): Times {
  const table = new Map<string, number>();
  for (const { key, value } of records) {
    if (value === null) table.delete(textOf(key));
    else table.set(textOf(key), long.deserialize(value));
  }
  return table;
}

function textOf(bytes: Buffer | null): string {
  return bytes?.toString('utf8') ?? '';
}

function increase(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function check(what: string, expected: Times, finding: Finding): Check {
  return { what, compared: [...expected.values()].reduce((sum, times) => sum + times, 0), ...finding };
}
