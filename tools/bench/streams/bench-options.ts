import { parseArgs } from 'node:util';
import { CASE_NAMES, type CaseName } from './cases.ts';

export interface BenchOptions {
  readonly records: number;
  readonly repeat: number;
  readonly cases: readonly CaseName[];
  readonly compression: string;
  /** Also measured: how fast the count store comes back from its changelog. */
  readonly restore: boolean;
  /** Only ours, in memory and on disk: for working on it. */
  readonly alone: boolean;
  /** Only ours in memory, with the files its time went to. */
  readonly profile: boolean;
}

const COMPRESSIONS = ['none', 'gzip', 'snappy', 'lz4', 'zstd'];

/** Reads `--records N --only CASE --repeat N --compression CODEC --alone --profile`; throws one sentence. */
export function parseBenchOptions(argv: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      records: { type: 'string', default: '1000000' },
      repeat: { type: 'string', default: '1' },
      only: { type: 'string' },
      compression: { type: 'string', default: 'none' },
      alone: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
    },
  });
  if (!COMPRESSIONS.includes(values.compression)) {
    throw new Error(`--compression takes ${COMPRESSIONS.join(', ')}, not "${values.compression}".`);
  }
  const known = [...CASE_NAMES, 'restore'];
  if (values.only !== undefined && !known.includes(values.only)) {
    throw new Error(`--only takes ${known.join(', ')}, not "${values.only}".`);
  }
  return {
    records: parseWhole('--records', values.records, 1_000),
    repeat: parseWhole('--repeat', values.repeat, 1),
    cases: CASE_NAMES.filter((name) => values.only === undefined || values.only === name),
    compression: values.compression,
    restore: (values.only === undefined && !values.profile) || values.only === 'restore',
    alone: values.alone,
    profile: values.profile,
  };
}

function parseWhole(option: string, text: string, lowest: number): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= lowest) return value;
  throw new Error(`${option} takes a whole number from ${lowest} up, not "${text}".`);
}
