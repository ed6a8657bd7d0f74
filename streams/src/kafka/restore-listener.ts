/** How far the restoring of one store is. */
export interface RestoreProgress {
  readonly task: string;
  readonly store: string;
  readonly topic: string;
  readonly partition: number;
  /** First offset that is read, and the end that has to be reached. */
  readonly from: number;
  readonly to: number;
  /** Records applied so far. */
  readonly restored: number;
  /** Offset reached: `to` or above when the store is complete. */
  readonly position: number;
}

/** Told when restoring a store begins, after each batch, and so at its end. */
export type RestoreListener = (progress: RestoreProgress) => void;
