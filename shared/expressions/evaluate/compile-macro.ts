import { assertNever } from '../../base/assert-never.ts';
import { fail } from '../evaluation-failure.ts';
import type { Json } from '../json.ts';
import type { NodeOf } from '../typed-expression.ts';
import { type Compile, capital, condition, type Frame, type Run, wordFor } from './run-values.ts';

export function compileMacro(node: NodeOf<'macro'>, compile: Compile): Run {
  const over = compile(node.over);
  const body = compile(node.body);
  const keep = node.condition && compile(node.condition);
  const inner = (item: Json, frame: Frame, part: Run): Json => {
    frame.stepsLeft -= 1;
    if (frame.stepsLeft < 0) return fail('The expression takes too many steps for one record.');
    frame.locals.set(node.variable, item);
    return part(frame);
  };
  return (frame) => {
    const items = walked(over(frame));
    const outer = frame.locals.get(node.variable);
    const test = (item: Json): boolean => condition(inner(item, frame, body));
    const result = (): Json => {
      switch (node.macro) {
        case 'all':
          return items.every(test);
        case 'exists':
          return items.some(test);
        case 'exists_one':
          return items.filter(test).length === 1;
        case 'filter':
          return items.filter(test);
        case 'map':
          return items.flatMap((item) => {
            if (keep && !condition(inner(item, frame, keep))) return [];
            return [inner(item, frame, body)];
          });
        default:
          return assertNever(node.macro, 'macro');
      }
    };
    const value = result();
    if (outer !== undefined) frame.locals.set(node.variable, outer);
    return value;
  };
}

function walked(value: Json): readonly Json[] {
  if (Array.isArray(value)) return value as readonly Json[];
  if (typeof value === 'object' && value !== null) return Object.keys(value);
  return fail(`${capital(wordFor(value))} has no elements to walk through.`);
}
