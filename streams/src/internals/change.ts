/** What a table forwards: the row after and, where someone downstream needs it, before. */
export interface Change<V> {
  readonly newValue: V | null;
  readonly oldValue: V | null;
}
