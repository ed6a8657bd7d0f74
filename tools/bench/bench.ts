export interface Measurement {
  readonly name: string;
  readonly value: string;
}

/**
 * A measurement of the product; it throws one sentence when what it measures is not there. `options` are
 * the words after the name that begin with a dash, and what follows them.
 */
export type Bench = (root: string, options: readonly string[]) => Promise<readonly Measurement[]>;
