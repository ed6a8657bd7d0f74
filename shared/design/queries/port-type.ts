import type { Design } from '../design.ts';
import type { PortSpec, PortType } from '../operators/operator-spec.ts';
import { inputPorts, type Operator, outputPorts } from '../operators/registry.ts';
import { indexDesign } from './index-design.ts';
import { wiresInto } from './wires.ts';

/** One port of one operator. */
export interface PortEnd {
  readonly operator: string;
  readonly port: string;
}

export function inputPort(operator: Operator, port: string): PortSpec | undefined {
  return inputPorts(operator).find((spec) => spec.id === port);
}

export function outputPort(operator: Operator, port: string): PortSpec | undefined {
  return outputPorts(operator).find((spec) => spec.id === port);
}

/**
 * What flows through a port: of an output, what it gives; of an input, what is wired to it, or the one type it
 * takes. Null when there is no such port, or when a free input takes several types.
 */
export function effectivePortType(design: Design, end: PortEnd): PortType | null {
  const operator = indexDesign(design).operators.get(end.operator)?.operator;
  if (!operator) return null;
  const output = outputPort(operator, end.port);
  if (output) return output.accepts[0] ?? null;
  const input = inputPort(operator, end.port);
  if (!input) return null;
  const wire = wiresInto(design, end.operator, end.port)[0];
  if (wire) return effectivePortType(design, wire.from);
  return input.accepts.length === 1 ? (input.accepts[0] ?? null) : null;
}
