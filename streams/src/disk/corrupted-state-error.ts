/** A task's stores do not fit their changelogs: they must be emptied and restored from the beginning. */
export class CorruptedStateError extends Error {
  override readonly name = 'CorruptedStateError';
}
