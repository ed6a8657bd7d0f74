import type { Operator, OperatorOf } from '../../../design/operators/registry.ts';
import { gatherCount } from '../../../design/queries/gather-count.ts';
import { formatOfType } from '../../../design/queries/serde-format.ts';
import { historyRetentionMs, keepsResult } from '../../../design/queries/table-rows.ts';
import { wiresFrom, wiresInto } from '../../../design/queries/wires.ts';
import type { Expression, TypeRef } from '../../../design/types.ts';
import { helperSources } from '../../../expressions/typescript/helper-sources.ts';
import { camelNames } from '../../naming/legal-names.ts';
import { reservedWords } from '../../naming/reserved-words.ts';
import { type ExpressionSlot, isHandler, type VariableType } from '../../plan/expression-slot.ts';
import { type SerdeSource, type StreamShape, shapeInto, shapeOf } from '../../plan/stream-shape.ts';
import { type ExpressionText, expressionText } from '../expression-text.ts';
import type { Imports } from '../imports.ts';
import { eventsPackage, nameOf, runtimePackage, schemaOf, streamsPackage, topicOf } from '../project.ts';
import { serdeText } from '../serde-text.ts';
import { grouped, quote } from '../text.ts';
import { typeText } from '../type-text.ts';
import { noteProblem, ownNames, type ServiceEmission } from './service-emission.ts';

/** A parameter of a lambda: a variable's name, or the fields that are taken from it. */
export type Parameter = string | readonly string[];

/** How values that exist are reached from where a step stands; kept by the topology's writer. */
export interface StepValues {
  /** The text that a step's call is added to; its variable, or the whole expression so far. */
  chain(operator: string, port: string): string;
  /** The variables wired to a port. */
  references(operator: string, port: string): readonly string[];
  /** The variable of an earlier operator. */
  variable(operator: string): string;
}

/** What one operator's emitter sees. */
export class StepContext {
  readonly #emission: ServiceEmission;
  readonly #operator: Operator;
  readonly #imports: Imports;
  readonly #values: StepValues;

  constructor(emission: ServiceEmission, operator: Operator, imports: Imports, values: StepValues) {
    this.#emission = emission;
    this.#operator = operator;
    this.#imports = imports;
    this.#values = values;
  }

  /** What the step's call is added to. */
  chain(port: string): string {
    return this.#values.chain(this.#operator.id, port);
  }

  references(port: string): readonly string[] {
    return this.#values.references(this.#operator.id, port);
  }

  reference(port: string): string {
    return this.references(port)[0] ?? '';
  }

  /** Whether something is wired to an output. */
  isUsed(port: string): boolean {
    return wiresFrom(this.#emission.project.design, this.#operator.id, port).length > 0;
  }

  shape(port: string): StreamShape {
    return shapeInto(this.#emission.project.design, this.#operator.id, port);
  }

  /** What arrives by each of several wires, as `references` names them. */
  shapes(port: string): readonly StreamShape[] {
    const { design } = this.#emission.project;
    return wiresInto(design, this.#operator.id, port).map(({ from }) => shapeOf(design, from));
  }

  outputShape(): StreamShape {
    return shapeOf(this.#emission.project.design, { operator: this.#operator.id, port: 'out' });
  }

  /** `key` and `value` of what arrives. */
  recordVariables(): { key: TypeRef; value: TypeRef } {
    const { key, value } = this.shape('in');
    return { key, value };
  }

  id(): string {
    return quote(this.#operator.id);
  }

  /** `name: 'id-of-the-operator'`: names come from ids, so that they outlive a change of words. */
  named(suffix = ''): string {
    return `name: ${quote(this.#operator.id + suffix)}`;
  }

  /** `, historyRetentionMs: 60_000` where a later join asks for a row as it was. */
  history(): string {
    const retention = historyRetentionMs(this.#emission.service, this.#operator);
    return retention === null ? '' : `, historyRetentionMs: ${grouped(retention)}`;
  }

  /** Whether the operator, a join of tables, needs a store for its result. */
  keepsResult(): boolean {
    return keepsResult(this.#emission.service, this.#operator);
  }

  topic(id: string | null): string {
    const { project } = this.#emission;
    const topics = this.#imports.value(eventsPackage(project), 'topics');
    return `${topics}.${nameOf(project.names.topics, topicOf(project, id).id)}`;
  }

  gatherCount(operator: OperatorOf<'gather'>): number {
    return gatherCount(this.#emission.project.design, operator);
  }

  library(name: string): string {
    return this.#imports.value(streamsPackage, name);
  }

  /** The serde as text; a topic's own where the bytes are the topic's. */
  serde(source: SerdeSource): string {
    const { project } = this.#emission;
    if (source.from === 'topic') return `${this.topic(source.topic.id)}.serdes.${source.part}`;
    const format = formatOfType(project.design, source.type);
    return serdeText(project, this.#imports, source.type, format, (name) => this.#type(name));
  }

  /** An earlier source of the same kind that reads the same topic: a topic is read once. */
  sameSource(operator: Operator & { topic: string | null }): string | null {
    return this.#earlierReader(operator, operator.kind);
  }

  streamOfSameTopic(operator: Operator & { topic: string | null }): string | null {
    return this.#earlierReader(operator, 'stream');
  }

  #earlierReader(operator: Operator & { topic: string | null }, kind: Operator['kind']): string | null {
    const first = this.#emission.service.operators.find(
      (other) => other.kind === kind && 'topic' in other && other.topic === operator.topic,
    );
    return first === undefined || first.id === operator.id ? null : this.#values.variable(first.id);
  }

  /** An expression outside a function: its variables are in scope under their own names. */
  expression(expression: Expression, slot: ExpressionSlot): ExpressionText {
    return this.#body(expression, slot, {});
  }

  /** A function of the design's variables; those that it does not use are left out or marked. */
  lambda(parameters: readonly Parameter[], expression: Expression, slot: ExpressionSlot): string {
    const names = this.#localNames(slot.variables);
    const body = this.#body(expression, slot, names);
    return `${parameterList(parameters, body.uses, names)}${this.#returns(slot.gives, body.code)} => ${asBody(body.code)}`;
  }

  /** A function that gives a key and a value. */
  pairLambda(parameters: readonly Parameter[], key: FilledSlot, value: FilledSlot): string {
    const names = this.#localNames(value.variables);
    const bodies = [key, value].map((slot) => this.#body(slot.expression, slot, names));
    const uses = bodies.flatMap((body) => body.uses);
    const types = [key, value].map((slot) => this.#typeText(slot.gives)).join(', ');
    const pair = bodies.map((body) => body.code).join(', ');
    const keyValue = this.#imports.type(streamsPackage, 'KeyValue');
    return `${parameterList(parameters, uses, names)}: ${keyValue}<${types}> => [${pair}]`;
  }

  /** Calls the user's function for a record. */
  sideEffectLambda(
    handler: string,
    variables: Readonly<Record<string, VariableType>>,
    idempotenceKey: Expression | undefined,
  ): string {
    const slot: ExpressionSlot = { what: 'idempotence key', variables, gives: 'string' };
    const keyed = idempotenceKey === undefined ? null : this.#body(idempotenceKey, slot, {});
    const name = this.#handler(handler, {
      what: 'side effect',
      variables: keyed === null ? variables : { ...variables, idempotenceKey: 'string' },
      gives: null,
    });
    const rest = keyed === null ? '' : `, idempotenceKey: ${keyed.code}`;
    return `(key, value) => ${name}({ key, value${rest} })`;
  }

  #body(expression: Expression, slot: ExpressionSlot, names: LocalNames): ExpressionText {
    if (isHandler(expression)) {
      const uses = Object.keys(slot.variables);
      const input = uses.map((name) => renamed(name, names));
      return {
        code: `${this.#handler(expression.handler, slot)}({ ${input.join(', ')} })`,
        uses,
        helpers: [],
      };
    }
    const result = expressionText(this.#emission.project, expression, slot, names);
    if (!result.ok) {
      for (const message of result.error) noteProblem(this.#emission, this.#operator, 'expression', message);
      return { code: 'undefined', uses: [], helpers: [] };
    }
    for (const helper of result.value.helpers) {
      this.#emission.helpers.add(helper);
      this.#imports.value(runtimePackage(this.#emission.project), helper);
    }
    return result.value;
  }

  /** A record is called by its type's name, as a person would write it, where that leaves no doubt. */
  #localNames(variables: ExpressionSlot['variables']): LocalNames {
    const { project, handlerNames } = this.#emission;
    const taken = new Set([...ownNames, ...Object.keys(helperSources), ...handlerNames.values()]);
    const wished = ['value', 'left', 'right', 'start'].map((variable) => {
      const type = variables[variable];
      const ref = typeof type === 'object' && 'nullable' in type ? type.nullable : type;
      const schema =
        ref === undefined || ref === 'window' || (typeof ref === 'object' && 'path' in ref)
          ? undefined
          : schemaOf(project, ref);
      return [variable, schema?.kind === 'record' ? camelNames.fromText(schema.name) : ''] as const;
    });
    const isClear = (name: string) =>
      name !== '' &&
      !taken.has(name) &&
      !reservedWords.has(name) &&
      wished.filter(([, other]) => other === name).length === 1;
    return Object.fromEntries(wished.filter(([, name]) => isClear(name)));
  }

  #handler(name: string, slot: Omit<ExpressionSlot, 'gives'> & { gives: TypeRef | null }): string {
    const { handlers, handlerNames } = this.#emission;
    const called = nameOf(handlerNames, name);
    const { what, variables, gives } = slot;
    const signature = { operator: this.#operator.name, what, variables, gives, note: this.#operator.note };
    const known = handlers.get(name);
    if (known === undefined) handlers.set(name, signature);
    else if (JSON.stringify([known.variables, known.gives]) !== JSON.stringify([variables, gives])) {
      const says = `the handler “${name}” is also used by “${known.operator}” with other inputs: give one of them another name.`;
      noteProblem(this.#emission, this.#operator, 'invalid-design', says);
    }
    return `handlers.${called}`;
  }

  #type(name: string): string {
    return this.#imports.type(eventsPackage(this.#emission.project), name);
  }

  #typeText(type: TypeRef): string {
    return typeText(this.#emission.project, type, (name) => this.#type(name));
  }

  /** Said only where a literal would otherwise be wider than the schema. */
  #returns(type: TypeRef, code: string): string {
    return typeof type === 'object' && /['{[]/.test(code) ? `: ${this.#typeText(type)}` : '';
  }
}

type LocalNames = Readonly<Record<string, string>>;
type FilledSlot = ExpressionSlot & { readonly expression: Expression };

function parameterList(parameters: readonly Parameter[], uses: readonly string[], names: LocalNames): string {
  const fields = (one: Parameter) => (typeof one === 'string' ? [one] : one);
  const used = parameters.map((one) => fields(one).some((name) => uses.includes(name)));
  const texts = parameters.slice(0, used.lastIndexOf(true) + 1).map((one, at) => {
    if (typeof one !== 'string') {
      const taken = one.filter((name) => uses.includes(name)).map((name) => renamed(name, names));
      return used[at] ? `{ ${taken.join(', ')} }` : `_${one[0]}`;
    }
    const name = names[one] ?? one;
    return used[at] ? name : `_${name}`;
  });
  return `(${texts.join(', ')})`;
}

function renamed(name: string, names: LocalNames): string {
  return names[name] === undefined ? name : `${name}: ${names[name]}`;
}

function asBody(code: string): string {
  return code.trimStart().startsWith('{') ? `(${code})` : code;
}
