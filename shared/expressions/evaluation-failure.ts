/** Thrown inside an evaluation and caught at its edge, where it becomes the message of a Result. */
export class EvaluationFailure extends Error {}

export function fail(message: string): never {
  throw new EvaluationFailure(message);
}

/** No string or list that an expression makes grows beyond this. */
export const maxLength = 1_000_000;

/** An int of an expression: an integer within ±(2^53 − 1). */
export function exactInt(value: number): number {
  if (Number.isSafeInteger(value)) return value;
  return fail(
    Number.isInteger(value)
      ? 'The result is beyond the integers that are exact, ±(2^53 − 1).'
      : 'The result is not an integer.',
  );
}
