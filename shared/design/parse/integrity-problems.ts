import type { Design, Service, Wire } from '../design.ts';
import { inputPorts, type Operator, outputPorts } from '../operators/registry.ts';
import { indexDesign } from '../queries/index-design.ts';
import { type Reference, type ReferenceKind, referencesIn } from '../references.ts';
import { type JsonPath, jsonPathText } from './json-path.ts';
import type { ShapeProblem } from './shape-problems.ts';

/**
 * What is wrong in a design that has the right shape: an id given twice, a reference to nothing, a wire that
 * ends at no port. What is merely unfinished or unwise (a topic not chosen, types that do not fit, a cycle of
 * wires) is no matter of the file; the checks tell it.
 */
export function integrityProblems(design: Design): readonly ShapeProblem[] {
  return [
    ...duplicateIds(design),
    ...danglingReferences(design),
    ...design.services.flatMap((service, at) => [
      ...service.operators.flatMap((operator, operatorAt) =>
        duplicatePorts(operator, ['services', at, 'operators', operatorAt]),
      ),
      ...service.wires.flatMap((wire, wireAt) => looseEnds(service, wire, ['services', at, 'wires', wireAt])),
    ]),
  ];
}

function duplicateIds(design: Design): readonly ShapeProblem[] {
  const first = new Map<string, string>();
  const problems: ShapeProblem[] = [];
  for (const [path, { id }] of thingsIn(design)) {
    const taken = first.get(id);
    if (taken === undefined) first.set(id, jsonPathText(path));
    else {
      const message = `The id “${id}” is already that of ${taken}; every id must differ.`;
      problems.push({ path: jsonPathText([...path, 'id']), message });
    }
  }
  return problems;
}

const lists = ['schemas', 'topics', 'services', 'externals', 'requests', 'feeds', 'notes'] as const;

function* thingsIn(design: Design): Generator<readonly [JsonPath, { readonly id: string }]> {
  for (const list of lists) {
    for (const [at, thing] of design[list].entries()) yield [[list, at], thing];
  }
  for (const [at, service] of design.services.entries()) {
    for (const part of ['operators', 'wires'] as const) {
      for (const [partAt, thing] of service[part].entries()) yield [['services', at, part, partAt], thing];
    }
  }
}

function danglingReferences(design: Design): readonly ShapeProblem[] {
  return referencesIn(design)
    .filter((reference) => !exists(design, reference))
    .map(({ kind, id, path }) => ({
      path: jsonPathText(path),
      message: `There is no ${referenceNames[kind]} with the id “${id}”.`,
    }));
}

/** Whether what is referred to is there. */
export function exists(design: Design, { kind, id }: Pick<Reference, 'kind' | 'id'>): boolean {
  const index = indexDesign(design);
  if (kind === 'gateway') return index.operators.get(id)?.operator.kind === 'httpWrite';
  return index[indexOf[kind]].has(id);
}

const indexOf = {
  topic: 'topics',
  schema: 'schemas',
  service: 'services',
  operator: 'operators',
  external: 'externals',
} as const;

export const referenceNames: Readonly<Record<ReferenceKind, string>> = {
  topic: 'topic',
  schema: 'schema',
  service: 'service',
  operator: 'operator',
  external: 'external system',
  gateway: 'HTTP write operator',
};

/** A branch whose conditions share an id has two outputs of one name. */
export function duplicatePorts(operator: Operator, path: JsonPath): readonly ShapeProblem[] {
  const ids = [...inputPorts(operator), ...outputPorts(operator)].map((port) => port.id);
  return [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))].map((id) => ({
    path: jsonPathText(path),
    message: `This operator has two ports with the id “${id}”; the ids of its branches must differ.`,
  }));
}

function looseEnds(service: Service, wire: Wire, path: JsonPath): readonly ShapeProblem[] {
  const ends = [
    { side: 'from', end: wire.from, ports: outputPorts, name: 'output' },
    { side: 'to', end: wire.to, ports: inputPorts, name: 'input' },
  ] as const;
  return ends.flatMap(({ side, end, ports, name }) => {
    const operator = service.operators.find(({ id }) => id === end.operator);
    if (!operator) {
      const message = `The operator “${end.operator}” is not in this service; a wire stays inside one.`;
      return [{ path: jsonPathText([...path, side, 'operator']), message }];
    }
    if (ports(operator).some((port) => port.id === end.port)) return [];
    const message = `The operator “${end.operator}” has no ${name} “${end.port}”.`;
    return [{ path: jsonPathText([...path, side, 'port']), message }];
  });
}
