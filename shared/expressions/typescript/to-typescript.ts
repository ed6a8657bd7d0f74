import { err, ok, type Result } from '../../base/result.ts';
import { type ExpressionEnvironment, resolveExpression } from '../check-expression.ts';
import type { ExpressionProblem } from '../expression-problem.ts';
import type { ExpressionType } from '../expression-type.ts';
import type { TypedNode } from '../typed-expression.ts';
import { createEmitter } from './emit-node.ts';
import type { HelperName } from './helper-sources.ts';

export interface TypeScriptEnvironment extends ExpressionEnvironment {
  /** What a variable is called in the code around, where it is not its own name: `{ value: 'order' }`. */
  readonly names?: Readonly<Record<string, string>>;
}

export interface TypeScriptExpression {
  /** One expression, without a semicolon, in parentheses only where its own operators need them. */
  readonly code: string;
  /** The helpers it calls by name; emitHelpers gives their text. */
  readonly helpers: readonly HelperName[];
  readonly type: ExpressionType;
  /** The variables it uses, by their names in the expression language. */
  readonly uses: readonly string[];
}

/** Writes an expression as TypeScript of the same meaning. */
export function toTypeScript(
  source: string,
  env: TypeScriptEnvironment,
): Result<TypeScriptExpression, readonly ExpressionProblem[]> {
  const resolved = resolveExpression(source, env);
  if (!resolved.ok) return resolved;
  const unknown = findUnknown(resolved.value);
  if (unknown) {
    const message = `The type of ${source.slice(unknown.start, unknown.end)} is not known, so no code can be written for it.`;
    return err([{ code: 'unsupported', message, start: unknown.start, end: unknown.end }]);
  }
  const emitter = createEmitter(env.names ?? {});
  const code = emitter.value(resolved.value, 0);
  return ok({
    code,
    helpers: [...emitter.helpers].sort(),
    type: resolved.value.type,
    uses: [...emitter.uses].sort(),
  });
}

/** The innermost part whose type is only known at run time. */
function findUnknown(node: TypedNode): TypedNode | undefined {
  for (const part of partsOf(node)) {
    const found = findUnknown(part);
    if (found) return found;
  }
  return node.type.kind === 'dyn' ? node : undefined;
}

function partsOf(node: TypedNode): readonly TypedNode[] {
  const parts: TypedNode[] = [];
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) parts.push(...value.flat().filter(isNode));
    else if (isNode(value)) parts.push(value);
  }
  return parts;
}

function isNode(value: unknown): value is TypedNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'start' in value;
}
