import type { ExpressionType } from '../expression-type.ts';
import type { Json } from '../json.ts';
import type { HelperName } from '../typescript/helper-sources.ts';

/** The kinds of an argument that one overload takes; a list or map of anything unless it says otherwise. */
export type ParameterKind =
  | 'string'
  | 'int'
  | 'double'
  | 'boolean'
  | 'timestamp'
  | 'duration'
  | 'list'
  | 'stringList'
  | 'map';

/** TypeScript text, and how tightly it binds (see precedence.ts). */
export interface Emitted {
  readonly text: string;
  readonly precedence: number;
}

export interface ArgumentEmitter {
  /** The argument's text, in parentheses where it binds less tightly than asked. */
  argument(index: number, precedence: number): string;
  /** Whether TypeScript may compute −0 where the argument is an int 0. */
  mayBeMinusZero(index: number): boolean;
  use(helper: HelperName): string;
}

/** One signature of a function of the language: how it is called, what it does, and its TypeScript. */
export interface FunctionOverload {
  readonly name: string;
  /** `size(x)` is a function, `x.size()` a method; some are both. The first parameter is then the receiver. */
  readonly style: 'function' | 'method' | 'both';
  readonly parameters: readonly ParameterKind[];
  readonly result: ExpressionType;
  /** The largest absolute value of an int result, where it is small enough to add to without a check. */
  readonly bound?: number;
  readonly evaluate: (...args: readonly Json[]) => Json;
  readonly emit: (args: ArgumentEmitter) => Emitted;
}
