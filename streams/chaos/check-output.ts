import { Serdes } from '../src/serdes.ts';
import { KafkaJudge } from '../test/kafka-judge.ts';
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
export async function checkOutput(
  bootstrapServers: readonly string[],
  applicationId: string,
  fed: FedEvents,
  instances: readonly Instance[],
): Promise<Check[]> {
  const judge = await KafkaJudge.connect(bootstrapServers);
  try {
    const input = await readInput(judge);
    const counts = await readSequences(judge, TOPICS.counts);
    const windowCounts = await readSequences(judge, TOPICS.windowCounts);
    const changelog = await judge.readTable(`${applicationId}-${COUNTS_STORE}-changelog`);
    const stores = await Promise.all(instances.map((instance) => instance.counts()));
    return [
      check('input: every acknowledged event once', input.ids.size, judgeInput(fed, input.ids)),
      check('joined: every event once', input.ids.size, judgeIds(input.labelled, await readLabelled(judge))),
      check('counts: 1 to n of every word', sum(input.perWord), judgeCounts(input.perWord, counts)),
      check(
        'window counts: 1 to n of every word and window',
        sum(input.perWindow),
        judgeCounts(input.perWindow, windowCounts),
      ),
      check(
        'changelog: the last count of every word',
        input.perWord.size,
        judgeTable(
          input.perWord,
          new Map([...changelog].map(([key, value]) => [key, long.deserialize(value)])),
        ),
      ),
      check(
        'stores: the last count of every word',
        input.perWord.size,
        judgeTable(input.perWord, new Map(stores.flat())),
      ),
    ];
  } finally {
    await judge.close();
  }
}

interface Input {
  readonly ids: ReadonlyMap<string, number>;
  /** By id and label, as the join writes them. */
  readonly labelled: ReadonlyMap<string, number>;
  readonly perWord: ReadonlyMap<string, number>;
  readonly perWindow: ReadonlyMap<string, number>;
}

/** The log itself is the truth. */
async function readInput(judge: KafkaJudge): Promise<Input> {
  const ids = new Map<string, number>();
  const labelled = new Map<string, number>();
  const perWord = new Map<string, number>();
  const perWindow = new Map<string, number>();
  for (const { value, timestamp } of await judge.readAll(TOPICS.events)) {
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
function judgeInput(fed: FedEvents, ids: ReadonlyMap<string, number>): Finding {
  const expected = new Map([...fed.acknowledged].map((id): [string, number] => [id, 1]));
  for (const id of fed.uncertain) if (ids.has(id)) expected.set(id, 1);
  return judgeIds(expected, ids);
}

async function readLabelled(judge: KafkaJudge): Promise<Map<string, number>> {
  const seen = new Map<string, number>();
  for (const { value } of await judge.readAll(TOPICS.labelled)) {
    increase(seen, value?.toString('utf8') ?? '');
  }
  return seen;
}

async function readSequences(judge: KafkaJudge, topic: string): Promise<Map<string, number[]>> {
  const sequences = new Map<string, number[]>();
  for (const { key, value } of await judge.readAll(topic)) {
    const sequence = sequences.get(key ?? '') ?? [];
    sequence.push(value === null ? 0 : long.deserialize(value));
    sequences.set(key ?? '', sequence);
  }
  return sequences;
}

function increase(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function sum(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((total, count) => total + count, 0);
}

function check(what: string, compared: number, finding: Finding): Check {
  return { what, compared, ...finding };
}
