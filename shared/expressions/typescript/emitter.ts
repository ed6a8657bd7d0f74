import type { TypedNode } from '../typed-expression.ts';
import type { HelperName } from './helper-sources.ts';

/** Writes the parts of one expression, and keeps what they use. */
export interface Emitter {
  readonly helpers: ReadonlySet<HelperName>;
  readonly uses: ReadonlySet<string>;
  /** A part as a value: what may be missing becomes null. */
  value(node: TypedNode, atLeast: number): string;
  /** A part as it stands: undefined where a field is missing. For tests against null and for `?.`. */
  raw(node: TypedNode, atLeast: number): string;
  use(helper: HelperName): string;
}
