import type { CelNode } from '../parse-expression.ts';
import type { TypedNode } from '../typed-expression.ts';
import { type CheckContext, pathOf } from './check-context.ts';

/** A path with whether it is there. */
type Shown = readonly [path: string, isThere: boolean];

/** The context of a part that is reached only where the condition came out as `outcome`. */
export function assuming(context: CheckContext, condition: CelNode, outcome: boolean): CheckContext {
  const shown = shownBy(condition, outcome);
  if (shown.length === 0) return context;
  const presence = new Map(context.presence);
  for (const [path, isThere] of shown) {
    // A part that two conditions exclude is never reached; what it may read is not made less.
    if (!isThere && !presence.get(path)) presence.set(path, false);
    if (!isThere) continue;
    const parts = path.split('.');
    for (let length = 1; length <= parts.length; length += 1) {
      presence.set(parts.slice(0, length).join('.'), true);
    }
  }
  return { ...context, presence };
}

/**
 * The context of a macro's body: the variable is new, and what was shown of fields outside is not carried in,
 * as TypeScript does not carry it into a function either.
 */
export function insideMacro(context: CheckContext, variable: string): CheckContext {
  const kept = [...context.presence].filter(([path]) => !path.includes('.') && path !== variable);
  return { ...context, presence: new Map(kept) };
}

/** Whether a part is there, as far as the conditions around have shown it. A map's entries are not followed. */
export function presenceOf(node: CelNode, typed: TypedNode, context: CheckContext): boolean | undefined {
  if (typed.op === 'literal' && typed.value === null) return false;
  if (typed.op !== 'variable' && typed.op !== 'field') return undefined;
  const path = pathOf(node);
  return path === undefined ? undefined : context.presence.get(path);
}

/**
 * How a condition comes out when it asks for null once more where that is known. No code may be written for what
 * it excludes: TypeScript knows that nothing is there, and takes no field of it.
 */
export function knownOutcome(condition: CelNode, typed: TypedNode): boolean | undefined {
  if (condition.op === 'value' || typed.op !== 'literal') return undefined;
  return typeof typed.value === 'boolean' ? typed.value : undefined;
}

function shownBy(condition: CelNode, outcome: boolean): readonly Shown[] {
  switch (condition.op) {
    case '!_':
      return shownBy(condition.args, !outcome);
    case '&&':
      return outcome ? condition.args.flatMap((part) => shownBy(part, true)) : [];
    case '||':
      return outcome ? [] : condition.args.flatMap((part) => shownBy(part, false));
    default: {
      const path = askedPath(condition);
      return path === undefined ? [] : [[path, outcome === (condition.op !== '==')]];
    }
  }
}

/** The path that `x != null`, `x == null` or `has(x)` asks for. */
function askedPath(condition: CelNode): string | undefined {
  if (condition.op === 'call') {
    const [name, [argument]] = condition.args;
    return name === 'has' && argument ? pathOf(argument) : undefined;
  }
  if (condition.op !== '==' && condition.op !== '!=') return undefined;
  const [left, right] = condition.args;
  if (isNull(right)) return pathOf(left);
  return isNull(left) ? pathOf(right) : undefined;
}

export function isNull(node: CelNode): boolean {
  return node.op === 'value' && node.args === null;
}
