import { parseArgs } from 'node:util';

/** Input that the command line cannot act on; the message is one sentence for a person. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export type ConformanceCommand =
  | { readonly kind: 'help' }
  | { readonly kind: 'cases'; readonly answers: 'live' | 'recorded' | 'record'; readonly only: string | null }
  | { readonly kind: 'files'; readonly files: readonly string[] }
  | { readonly kind: 'random'; readonly count: number; readonly seed: number };

export const USAGE = `npm run conformance                          all cases, on Kafka Streams and on ours
npm run conformance -- --only TEXT            those whose name, file or checklist line has the text
npm run conformance -- --recorded             against the recorded answers, without a JVM
npm run conformance -- --record               renew the recorded answers, schema and README table
npm run conformance -- --file CASE.json       a case from anywhere, or all of a folder; may come several times
                                              (the format: streams/conformance/README.md)
npm run conformance -- --random N [--seed S]  N random cases; a difference is shrunk to a small case`;

const MOST_RANDOM = 1_000_000;

export function parseConformanceArguments(argv: readonly string[]): ConformanceCommand {
  const values = parseStrictly(argv);
  if (values.help === true) return { kind: 'help' };
  const chosen = (['recorded', 'record', 'file', 'random'] as const).filter(
    (name) => values[name] !== undefined,
  );
  if (chosen.length > 1) throw new UsageError(`--${chosen[0]} and --${chosen[1]} do not go together.`);
  if (values.only !== undefined && (values.file !== undefined || values.random !== undefined))
    throw new UsageError(
      `--only chooses among the cases that are there, so it does not go with --${chosen[0]}.`,
    );
  if (values.only !== undefined && values.record === true)
    throw new UsageError('--record renews all answers, so it does not go with --only.');
  if (values.seed !== undefined && values.random === undefined)
    throw new UsageError('--seed goes with --random.');
  if (values.file !== undefined) return { kind: 'files', files: values.file };
  if (values.random !== undefined) {
    const count = parseWhole('--random', values.random, 1, MOST_RANDOM);
    const seed =
      values.seed === undefined
        ? Math.floor(Math.random() * 0xffff_ffff)
        : parseWhole('--seed', values.seed, 0, 0xffff_ffff);
    return { kind: 'random', count, seed };
  }
  const answers = values.recorded === true ? 'recorded' : values.record === true ? 'record' : 'live';
  return { kind: 'cases', answers, only: values.only ?? null };
}

function parseStrictly(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        recorded: { type: 'boolean' },
        record: { type: 'boolean' },
        file: { type: 'string', multiple: true },
        only: { type: 'string' },
        random: { type: 'string' },
        seed: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    const [sentence] = (error as Error).message.split(/\. |\n/);
    throw new UsageError(`${sentence?.replace(/\.$/, '')}; see --help.`);
  }
}

function parseWhole(option: string, text: string, lowest: number, highest: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= lowest && value <= highest) return value;
  throw new UsageError(`${option} takes a whole number from ${lowest} to ${highest}, not "${text}".`);
}
