import type { ExpressionType } from './expression-type.ts';
import type { FunctionOverload } from './functions/function-overload.ts';
import type { Pattern } from './pattern/pattern.ts';

export type { Json } from './json.ts';

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';
export type ComparisonOperator = '<' | '<=' | '>' | '>=';
/** How an arithmetic operator works; `dyn` is decided at run time. */
export type Arithmetic = 'int' | 'double' | 'string' | 'list' | 'dyn';
export type MacroName = 'all' | 'exists' | 'exists_one' | 'filter' | 'map';

interface Typed {
  readonly type: ExpressionType;
  /** Where it stands in the source. */
  readonly start: number;
  readonly end: number;
}

/**
 * An expression after checking: every operator knows the types it works on, so that the evaluator and the
 * emitters of TypeScript and Java decide nothing again.
 */
export type TypedNode = Typed &
  (
    | { readonly op: 'literal'; readonly value: null | boolean | number | string }
    | { readonly op: 'variable'; readonly name: string; readonly local: boolean }
    /** A field of a record, or of a JSON object whose shape is not known. `through`: the record may be null. */
    | { readonly op: 'field'; readonly of: TypedNode; readonly name: string; readonly through: boolean }
    | { readonly op: 'entry'; readonly of: TypedNode; readonly key: TypedNode }
    | { readonly op: 'item'; readonly of: TypedNode; readonly index: TypedNode }
    /** An element of something whose type is not known: a list by number, or an object by name. */
    | { readonly op: 'dynItem'; readonly of: TypedNode; readonly key: TypedNode }
    /** Whether a value is there: `has(x)`, `x != null`. */
    | { readonly op: 'present'; readonly of: TypedNode; readonly negated: boolean }
    | { readonly op: 'hasKey'; readonly of: TypedNode; readonly key: TypedNode }
    | { readonly op: 'not'; readonly of: TypedNode }
    | { readonly op: 'negate'; readonly of: TypedNode }
    | {
        readonly op: 'arithmetic';
        readonly operator: ArithmeticOperator;
        readonly on: Arithmetic;
        readonly left: TypedNode;
        readonly right: TypedNode;
      }
    | {
        readonly op: 'compare';
        readonly operator: ComparisonOperator;
        readonly left: TypedNode;
        readonly right: TypedNode;
      }
    /** `deep`: the values are not scalars, or not known to be. */
    | {
        readonly op: 'equal';
        readonly negated: boolean;
        readonly deep: boolean;
        readonly left: TypedNode;
        readonly right: TypedNode;
      }
    | { readonly op: 'inList'; readonly deep: boolean; readonly left: TypedNode; readonly right: TypedNode }
    | { readonly op: 'and' | 'or'; readonly left: TypedNode; readonly right: TypedNode }
    | {
        readonly op: 'conditional';
        readonly condition: TypedNode;
        readonly whenTrue: TypedNode;
        readonly whenFalse: TypedNode;
      }
    | { readonly op: 'list'; readonly items: readonly TypedNode[] }
    | { readonly op: 'record'; readonly entries: readonly (readonly [string, TypedNode])[] }
    | {
        readonly op: 'macro';
        readonly macro: MacroName;
        /** A list, or the keys of a map. */
        readonly over: TypedNode;
        readonly variable: string;
        readonly body: TypedNode;
        /** Only `map` with three arguments: takes the elements for which it holds. */
        readonly condition?: TypedNode;
      }
    | { readonly op: 'matches'; readonly of: TypedNode; readonly pattern: Pattern }
    /** More than one overload only where an argument's type is not known. */
    | {
        readonly op: 'call';
        readonly overloads: readonly FunctionOverload[];
        readonly args: readonly TypedNode[];
      }
  );

export type NodeOf<O extends TypedNode['op']> = Extract<TypedNode, { op: O }>;
