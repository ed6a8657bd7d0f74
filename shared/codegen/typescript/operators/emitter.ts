import type { OperatorKind, OperatorOf } from '../../../design/operators/registry.ts';
import type { StepContext } from '../service/step-context.ts';

/**
 * What an operator becomes in `topology.ts`. `text` may begin with what `context.chain` gave, so that one
 * statement tells a whole path.
 * - `value`: an expression; its value is the operator's one output.
 * - `branches`: an expression whose value has one property for each output port.
 * - `same`: the output is a value that exists already; `text`, when given, is a statement before it.
 * - `end`: a statement that gives nothing further.
 * - `elsewhere`: not part of the topology; another file speaks of it.
 */
export type EmittedStep =
  | { readonly gives: 'value'; readonly text: string }
  | { readonly gives: 'branches'; readonly text: string; readonly members: ReadonlyMap<string, string> }
  | { readonly gives: 'same'; readonly as: string; readonly text?: string }
  | { readonly gives: 'end'; readonly text: string }
  | { readonly gives: 'elsewhere' };

export type Emitter<K extends OperatorKind> = (operator: OperatorOf<K>, context: StepContext) => EmittedStep;

export function value(text: string): EmittedStep {
  return { gives: 'value', text };
}

export function end(text: string): EmittedStep {
  return { gives: 'end', text };
}
