import type { Wire } from '../../../design/design.ts';
import type { Operator, OperatorKind } from '../../../design/operators/registry.ts';
import { wiresFrom, wiresInto } from '../../../design/queries/wires.ts';
import { camelNamesBeside } from '../../naming/legal-names.ts';
import { uniqueNames } from '../../naming/unique-names.ts';
import { Imports } from '../imports.ts';
import type { EmittedStep } from '../operators/emitter.ts';
import { chainedPort, emitStep } from '../operators/registry.ts';
import { nameOf, streamsPackage } from '../project.ts';
import { docComment, lineComment } from '../text.ts';
import { ownNames, type ServiceEmission } from './service-emission.ts';
import { StepContext, type StepValues } from './step-context.ts';

/** `generated/topology.ts` without its header: the service's operators as one function. */
export function emitTopology(emission: ServiceEmission): string {
  const imports = new Imports();
  const builder = imports.value(streamsPackage, 'StreamsBuilder');
  const topology = imports.type(streamsPackage, 'Topology');
  const body = new TopologyBody(emission, imports).text();
  emission.topologyUsesHandlers = emission.handlers.size > 0;
  const parameter = emission.topologyUsesHandlers
    ? `handlers: ${imports.type('./handlers.js', 'Handlers')}`
    : '';
  return `${imports.text()}
${docComment(emission.service.note)}export function buildTopology(${parameter}): ${topology} {
  const builder = new ${builder}();

${body}
  return builder.build();
}
`;
}

/** Writes one statement for each path through the drawing that nothing else joins or leaves. */
class TopologyBody implements StepValues {
  readonly #emission: ServiceEmission;
  readonly #imports: Imports;
  readonly #names: ReadonlyMap<string, string>;
  readonly #statements: string[] = [];
  /** What each output is called: a variable, a property of one, or an expression still to be continued. */
  readonly #outputs = new Map<string, string>();
  readonly #comments = new Map<string, string>();

  constructor(emission: ServiceEmission, imports: Imports) {
    this.#emission = emission;
    this.#imports = imports;
    this.#names = uniqueNames(
      emission.service.operators,
      camelNamesBeside([...ownNames, ...emission.handlerNames.values()]),
    );
  }

  text(): string {
    for (const operator of this.#emission.order) this.#add(operator);
    return this.#statements.join('\n');
  }

  chain(operator: string, port: string): string {
    return this.references(operator, port)[0] ?? '';
  }

  references(operator: string, port: string): readonly string[] {
    return this.#wiresInto(operator, port).map(
      ({ from }) => this.#outputs.get(`${from.operator} ${from.port}`) ?? '',
    );
  }

  variable(operator: string): string {
    return nameOf(this.#names, operator);
  }

  #add(operator: Operator): void {
    const context = new StepContext(this.#emission, operator, this.#imports, this);
    this.#place(operator, emitStep(operator, context));
  }

  #place(operator: Operator, step: EmittedStep): void {
    const comment = this.#takeComment(operator);
    switch (step.gives) {
      case 'value':
        if (this.#isContinued(operator)) {
          this.#outputs.set(`${operator.id} out`, step.text);
          this.#comments.set(operator.id, comment);
        } else if (this.#followers(operator).length === 0 && !this.#isReread(operator)) {
          this.#statements.push(`${comment}${step.text};\n`);
        } else {
          this.#outputs.set(`${operator.id} out`, this.#declare(operator, comment, step.text));
        }
        return;
      case 'branches': {
        const name = this.#declare(operator, comment, step.text);
        for (const [port, member] of step.members)
          this.#outputs.set(`${operator.id} ${port}`, `${name}.${member}`);
        return;
      }
      case 'same':
        if (step.text !== undefined) this.#statements.push(`${comment}${step.text};\n`);
        this.#outputs.set(`${operator.id} out`, step.as);
        return;
      case 'end':
        this.#statements.push(`${comment}${step.text};\n`);
        return;
      case 'elsewhere':
        return;
    }
  }

  #declare(operator: Operator, comment: string, text: string): string {
    const name = nameOf(this.#names, operator.id);
    this.#statements.push(`${comment}const ${name} = ${text};\n`);
    return name;
  }

  /** The notes of a path's operators stand above its statement. */
  #takeComment(operator: Operator): string {
    const port = chainedPort(operator);
    const before = port === null ? undefined : this.#wiresInto(operator.id, port)[0]?.from.operator;
    const earlier = before === undefined ? '' : (this.#comments.get(before) ?? '');
    const isHandled = operator.kind === 'sideEffect';
    return earlier + lineComment(isHandled ? undefined : operator.note);
  }

  /** Only one step follows, and it is called on this one: the statement goes on. */
  #isContinued(operator: Operator): boolean {
    const followers = this.#followers(operator);
    const [only] = followers;
    if (followers.length !== 1 || only === undefined || this.#isReread(operator)) return false;
    const next = this.#emission.service.operators.find((other) => other.id === only.to.operator);
    if (next === undefined || chainedPort(next) !== only.to.port) return false;
    const isFirst = this.#wiresInto(next.id, only.to.port)[0]?.id === only.id;
    const passesOn =
      next.kind === 'sideEffect' && wiresFrom(this.#emission.project.design, next.id).length > 0;
    return isFirst && !passesOn;
  }

  /** Another source of the service reads the same topic, and will use this one's variable. */
  #isReread(operator: Operator): boolean {
    const sharers = sharedBy[operator.kind] ?? [];
    return this.#emission.service.operators.some(
      (other) =>
        other !== operator &&
        sharers.includes(other.kind) &&
        'topic' in other &&
        'topic' in operator &&
        other.topic === operator.topic,
    );
  }

  /** The wires to other steps; a query over HTTP finds its table by the store's name. */
  #followers(operator: Operator): readonly Wire[] {
    const { project, service } = this.#emission;
    const queries = new Set(service.operators.filter(({ kind }) => kind === 'httpQuery').map(({ id }) => id));
    return wiresFrom(project.design, operator.id).filter((wire) => !queries.has(wire.to.operator));
  }

  #wiresInto(operator: string, port: string) {
    return wiresInto(this.#emission.project.design, operator, port);
  }
}

/** The sources that are made of a source of this kind when they read the same topic. */
const sharedBy: { readonly [K in OperatorKind]?: readonly OperatorKind[] } = {
  stream: ['stream', 'table'],
  table: ['table'],
  globalTable: ['globalTable'],
};
