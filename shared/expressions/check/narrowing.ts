import type { CelNode } from '../parse-expression.ts';
import { type CheckContext, pathOf } from './check-context.ts';

/** The context of a part that is reached only where the condition came out as `outcome`. */
export function assuming(context: CheckContext, condition: CelNode, outcome: boolean): CheckContext {
  const shown = shownNonNull(condition, outcome);
  if (shown.length === 0) return context;
  const nonNull = new Set(context.nonNull);
  for (const path of shown) {
    const parts = path.split('.');
    for (let length = 1; length <= parts.length; length += 1) nonNull.add(parts.slice(0, length).join('.'));
  }
  return { ...context, nonNull };
}

/**
 * The context of a macro's body: the variable is new, and what was shown of fields outside is not carried in,
 * as TypeScript does not carry it into a function either.
 */
export function insideMacro(context: CheckContext, variable: string): CheckContext {
  const kept = [...context.nonNull].filter((path) => !path.includes('.') && path !== variable);
  return { ...context, nonNull: new Set(kept) };
}

function shownNonNull(condition: CelNode, outcome: boolean): readonly string[] {
  switch (condition.op) {
    case '!_':
      return shownNonNull(condition.args, !outcome);
    case '&&':
      return outcome ? condition.args.flatMap((part) => shownNonNull(part, true)) : [];
    case '||':
      return outcome ? [] : condition.args.flatMap((part) => shownNonNull(part, false));
    case '!=':
      return outcome ? comparedWithNull(condition.args) : [];
    case '==':
      return outcome ? [] : comparedWithNull(condition.args);
    case 'call': {
      const [name, [argument]] = condition.args;
      return outcome && name === 'has' && argument ? one(pathOf(argument)) : [];
    }
    default:
      return [];
  }
}

function comparedWithNull([left, right]: readonly [CelNode, CelNode]): readonly string[] {
  if (isNull(right)) return one(pathOf(left));
  return isNull(left) ? one(pathOf(right)) : [];
}

export function isNull(node: CelNode): boolean {
  return node.op === 'value' && node.args === null;
}

function one(path: string | undefined): readonly string[] {
  return path === undefined ? [] : [path];
}
