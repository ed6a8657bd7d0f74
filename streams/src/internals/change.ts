/** What a table forwards: the row after and, where someone downstream needs it, before. */
export interface Change<V> {
  readonly newValue: V | null;
  readonly oldValue: V | null;
  /** False when the table keeps versions and knows a newer row of this key already. Default true. */
  readonly isLatest?: boolean;
}

/** Versioned tables pass rows on that came too late to be the latest; most steps skip those (KIP-914). */
export function isOutOfOrder(change: Change<unknown>): boolean {
  return change.isLatest === false;
}
