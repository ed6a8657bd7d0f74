/** Input that a program of ours cannot act on; the message is one sentence for a person. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
