import { err, ok, type Result } from '../base/result.ts';
import { type Bindings, compileExpression } from './compile-expression.ts';
import type { ExpressionProblem } from './expression-problem.ts';
import { booleanType, dynType, intType, timestampType } from './expression-type.ts';

/** What a search sees of a record whose types are not known. */
export const filterVariables = {
  key: dynType,
  value: dynType,
  headers: dynType,
  partition: intType,
  offset: intType,
  timestamp: timestampType,
} as const;

/** Whether a record passes; an error is one sentence and concerns this record only. */
export type RecordFilter = (record: Bindings) => Result<boolean, string>;

/** Makes a filter for the inspector; its variables are `filterVariables`. */
export function compileFilter(source: string): Result<RecordFilter, readonly ExpressionProblem[]> {
  const env = { variables: filterVariables, expected: booleanType, place: 'a filter' };
  const compiled = compileExpression(source, env);
  if (!compiled.ok) return compiled;
  const { evaluate } = compiled.value;
  return ok((record) => {
    const result = evaluate(record);
    if (!result.ok) return result;
    return typeof result.value === 'boolean'
      ? ok(result.value)
      : err('The filter gave neither true nor false for this record.');
  });
}
