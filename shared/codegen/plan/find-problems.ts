import type { Design, Service } from '../../design/design.ts';
import { inputPorts, type Operator, operatorRegistry, outputPorts } from '../../design/operators/registry.ts';
import { indexDesign } from '../../design/queries/index-design.ts';
import { portValueType } from '../../design/queries/port-value-type.ts';
import { topologicalOrder } from '../../design/queries/topological-order.ts';
import { wiresInto } from '../../design/queries/wires.ts';
import type { GenerateProblem } from '../generate-problem.ts';
import { missingParts } from './missing-parts.ts';
import { unsupportedParts } from './unsupported-parts.ts';

/** All that keeps a design from being generated, in the order of the drawing. */
export function findProblems(design: Design): readonly GenerateProblem[] {
  const fields = design.schemas.flatMap((schema) =>
    schema.kind === 'record' && schema.fields.some((field) => field.name === '__proto__')
      ? [
          problem(
            { id: schema.id },
            `Schema “${schema.name}” has a field __proto__, which no JavaScript object can hold: rename it.`,
          ),
        ]
      : [],
  );
  return [...fields, ...design.services.flatMap((service) => serviceProblems(design, service))];
}

function serviceProblems(design: Design, service: Service): GenerateProblem[] {
  const order = topologicalOrder(service);
  if (!order.ok) {
    const names = order.error.cycle.map(
      (id) => `“${indexDesign(design).operators.get(id)?.operator.name ?? id}”`,
    );
    return [
      problem(
        { service: service.id },
        `In service “${service.name}” the operators ${names.join(', ')} are wired in a circle: cut one of the wires, or go through a topic.`,
      ),
    ];
  }
  return [
    ...storeClashes(service),
    ...order.value.flatMap((operator) => operatorProblems(design, service, operator)),
  ];
}

function operatorProblems(design: Design, service: Service, operator: Operator): GenerateProblem[] {
  const about =
    (code: GenerateProblem['code']) =>
    (says: string): GenerateProblem => ({
      code,
      where: { service: service.id, operator: operator.id },
      message: `In service “${service.name}”, operator “${operator.name}”: ${says}`,
    });
  const unsupported = unsupportedParts(operator).map(about('unsupported'));
  if (unsupported.length > 0) return unsupported;
  return [
    ...freeInputs(design, operator),
    ...missingParts(design, operator),
    ...unknownTypes(design, operator),
  ].map(about('incomplete'));
}

function freeInputs(design: Design, operator: Operator): string[] {
  return inputPorts(operator)
    .filter((port) => operator.kind !== 'deadLetter' && wiresInto(design, operator.id, port.id).length === 0)
    .map((port) => `nothing is wired to its input “${port.label}”; wire it, or take the operator out.`);
}

function unknownTypes(design: Design, operator: Operator): string[] {
  if (operatorRegistry[operator.kind].family === 'source' && 'topic' in operator && operator.topic === null)
    return [];
  return outputPorts(operator).flatMap((port) => {
    const type = portValueType(design, operator.id, port.id);
    const unknown = type.key === null ? 'key' : type.value === null ? 'value' : null;
    return unknown === null ? [] : [`the type of its ${unknown} is not known; say it in its properties.`];
  });
}

/** Two stores of one name would be one store with one changelog. */
function storeClashes(service: Service): GenerateProblem[] {
  const stores = Map.groupBy(
    service.operators.filter((operator) => 'store' in operator),
    (operator) => operator.store,
  );
  return [...stores]
    .filter(([, operators]) => operators.length > 1)
    .map(([store, operators]) =>
      problem(
        { service: service.id },
        `In service “${service.name}” the operators ${operators.map(({ name }) => `“${name}”`).join(' and ')} share the store “${store}”: give each its own.`,
      ),
    );
}

function problem(where: GenerateProblem['where'], message: string): GenerateProblem {
  return { code: 'invalid-design', where, message };
}
