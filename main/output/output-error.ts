/** Why files cannot be written, in one sentence for the person who asked. */
export class OutputError extends Error {
  override readonly name = 'OutputError';
}
