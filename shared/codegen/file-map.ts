/**
 * `generated`: written again each time, unless a person has edited it since. `once`: a person's own file from the
 * moment it exists; never written over.
 */
export type FileOwnership = 'generated' | 'once';

export interface GeneratedFile {
  readonly text: string;
  readonly ownership: FileOwnership;
  /** A script that can be started by name. */
  readonly executable?: boolean;
}

/** Paths (relative, with forward slashes, sorted) and what belongs there. */
export type FileMap = ReadonlyMap<string, GeneratedFile>;

/** The same files, sorted by path, so that the same design gives the same map. */
export function toFileMap(files: Iterable<readonly [string, GeneratedFile]>): FileMap {
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
