/** A case that cannot be run; the message is one sentence for the person who wrote it. */
export class CaseError extends Error {
  override readonly name = 'CaseError';
}
