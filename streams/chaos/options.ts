import { parseArgs } from 'node:util';
import type { ProcessingGuarantee } from '../src/kafka/kafka-streams-config.ts';

/** What a chaos run is asked to do. */
export interface ChaosOptions {
  readonly faults: number;
  /** Chooses the faults, their victims and their times. */
  readonly seed: number;
  /** No fault begins after this many minutes; the check that follows is not counted. */
  readonly minutes: number;
  readonly brokers: number;
  readonly instances: number;
  readonly guarantee: ProcessingGuarantee;
  /** Input records per second. */
  readonly rate: number;
  /** Leaves logs and the brokers' data behind. */
  readonly keep: boolean;
}

/** A wrong command line; the message is one sentence. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const USAGE = `npm run chaos -- [options]

Runs a stateful topology on several instances and real brokers, breaks them at random, and compares the
committed output with the exactly-once answer. The last line is "faults F, lost L, doubled D".

  --faults N        how many faults (default 50)
  --seed S          chooses the faults (default: a random one, printed)
  --minutes M       no fault begins after M minutes (default 12)
  --brokers B       default 3
  --instances I     default 2; one more is added and removed on the way
  --guarantee G     exactly_once_v2 (default) or at_least_once, which is expected to double
  --rate R          input records per second (default 200)
  --keep            leave logs and broker data in .local/chaos

Exit code 0: nothing lost, nothing doubled, all faults happened. 1: otherwise. 2: wrong options.
`;

/** Reads the command line; null when only help was asked for. Throws `UsageError`. */
export function parseOptions(words: readonly string[]): ChaosOptions | null {
  const values = readWords(words);
  if (values.help === true) return null;
  const guarantee = values.guarantee ?? 'exactly_once_v2';
  if (guarantee !== 'exactly_once_v2' && guarantee !== 'at_least_once') {
    throw new UsageError(`--guarantee is exactly_once_v2 or at_least_once, not "${guarantee}".`);
  }
  return {
    faults: wholeNumber('faults', values.faults, 50, 1),
    seed: wholeNumber('seed', values.seed, Math.floor(Math.random() * 1_000_000), 0),
    minutes: wholeNumber('minutes', values.minutes, 12, 1),
    brokers: wholeNumber('brokers', values.brokers, 3, 1),
    instances: wholeNumber('instances', values.instances, 2, 1),
    guarantee,
    rate: wholeNumber('rate', values.rate, 200, 1),
    keep: values.keep === true,
  };
}

function readWords(words: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: [...words],
      options: {
        faults: text,
        seed: text,
        minutes: text,
        brokers: text,
        instances: text,
        guarantee: text,
        rate: text,
        keep: flag,
        help: flag,
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function wholeNumber(name: string, word: string | undefined, fallback: number, least: number): number {
  if (word === undefined) return fallback;
  const value = Number(word);
  if (!Number.isSafeInteger(value) || value < least) {
    throw new UsageError(`--${name} takes a whole number of at least ${least}, not "${word}".`);
  }
  return value;
}
