import type { Design } from '../../design/design.ts';
import type { Expression, TypeRef } from '../../design/types.ts';
import { compileExpression, type Evaluate } from '../../expressions/compile-expression.ts';
import type { Json } from '../../expressions/typed-expression.ts';
import { environmentOf, isHandler, type VariableType } from '../plan/expression-slot.ts';
import { Unpredictable } from './sample-record.ts';

/** A variable of an expression with its value. */
export type Bound = Readonly<Record<string, readonly [type: VariableType, value: Json]>>;

/** Evaluates the design's expressions as the sandbox does, which is not how the generated code does it. */
export class SampleEvaluator {
  readonly #design: Design;
  readonly #compiled = new Map<string, Evaluate>();

  constructor(design: Design) {
    this.#design = design;
  }

  evaluate(expression: Expression, variables: Bound, gives: TypeRef): Json {
    if (isHandler(expression)) throw new Unpredictable(`the handler “${expression.handler}” decides`);
    const types = Object.fromEntries(Object.entries(variables).map(([name, [type]]) => [name, type]));
    const values = Object.fromEntries(Object.entries(variables).map(([name, [, value]]) => [name, value]));
    const result = this.#compile(expression, types, gives)(values);
    if (!result.ok) throw new Unpredictable(result.error);
    return result.value;
  }

  isTrue(expression: Expression, variables: Bound): boolean {
    return this.evaluate(expression, variables, 'boolean') === true;
  }

  #compile(source: string, variables: Readonly<Record<string, VariableType>>, gives: TypeRef): Evaluate {
    const name = JSON.stringify([source, variables, gives]);
    const known = this.#compiled.get(name);
    if (known !== undefined) return known;
    const slot = { what: 'result', variables, gives };
    const compiled = compileExpression(source, environmentOf(this.#design.schemas, slot));
    if (!compiled.ok) throw new Unpredictable(compiled.error[0]?.message ?? 'an expression is wrong');
    this.#compiled.set(name, compiled.value.evaluate);
    return compiled.value.evaluate;
  }
}
