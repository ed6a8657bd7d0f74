export interface Measurement {
  readonly name: string;
  readonly value: string;
}

/** A measurement of the built product; it throws one sentence when what it measures is not there. */
export type Bench = (root: string) => Promise<readonly Measurement[]>;
