import { err, type Result } from '../../base/result.ts';
import { type TypeScriptExpression, toTypeScript } from '../../expressions/typescript/to-typescript.ts';
import { type ExpressionSlot, environmentOf } from '../plan/expression-slot.ts';
import type { Project } from './project.ts';

export type ExpressionText = Pick<TypeScriptExpression, 'code' | 'helpers' | 'uses'>;

/**
 * The expression in TypeScript, or the sentences that say what is wrong with it. `names` are the variables' names
 * in the code around, where they are not their own.
 */
export function expressionText(
  project: Project,
  source: string,
  slot: ExpressionSlot,
  names: Readonly<Record<string, string>>,
): Result<ExpressionText, readonly string[]> {
  const result = toTypeScript(source, { ...environmentOf(project.design.schemas, slot), names });
  return result.ok ? result : err(result.error.map((problem) => problem.message));
}
