/** What is measured; `libraries` say for themselves what they can do. */
export const CASES = {
  map: 'stateless map',
  join: 'stream-table join',
  'windowed-count': 'windowed count',
  'exactly-once-count': 'exactly-once count',
} as const;

export type CaseName = keyof typeof CASES;

/** Different keys of the input, and rows of the table. */
export const KEYS = 100_000;

export const CASE_NAMES = Object.keys(CASES) as CaseName[];

/** An input that is written once and read by every library. */
export interface BenchTopics {
  /** The records that are measured. */
  readonly input: string;
  /** One row for every key of the input, all older than the input. */
  readonly table: string;
}

/** One run of one case by one library. */
export interface BenchRun {
  readonly case: CaseName | 'restore';
  readonly bootstrap: string;
  readonly applicationId: string;
  readonly records: number;
  readonly topics: BenchTopics;
  readonly output: string;
}
