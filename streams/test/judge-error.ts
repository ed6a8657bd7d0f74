/** A problem with the Java side whose message is one sentence for a person. */
export class JudgeError extends Error {
  override readonly name = 'JudgeError';
}
