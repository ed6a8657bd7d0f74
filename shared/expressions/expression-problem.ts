/** What can be wrong with an expression. A closed set: other parts of the app decide by it. */
export const expressionProblemCodes = [
  'empty',
  'syntax',
  'too-large',
  'unknown-variable',
  'unknown-field',
  'unknown-function',
  'unknown-symbol',
  'missing-field',
  'duplicate-field',
  'wrong-type',
  'may-be-missing',
  'out-of-range',
  'division-by-zero',
  'bad-pattern',
  'unsupported',
] as const;
export type ExpressionProblemCode = (typeof expressionProblemCodes)[number];

/** One problem, with where it stands in the source (`start` to `end`, in UTF-16 units) and one plain sentence. */
export interface ExpressionProblem {
  readonly code: ExpressionProblemCode;
  readonly message: string;
  readonly start: number;
  readonly end: number;
}
