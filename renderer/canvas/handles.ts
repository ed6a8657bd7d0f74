import { type NodeHandle, Position } from '@xyflow/react';
import { inputPorts, type Operator, outputPorts } from '#shared/design/operators/registry.ts';
import { type Size, serviceHeadHeight } from './node-size.ts';

/** The ids of React Flow's handles; a port of an operator keeps its own name after the prefix. */
export const handleIds = {
  topicIn: 'topic-in',
  topicOut: 'topic-out',
  externalIn: 'external-in',
  externalOut: 'external-out',
  serviceIn: 'service-in',
  serviceOut: 'service-out',
  /** Of an operator: from and to the topic it reads or writes, from and to what it touches outside Kafka. */
  fromTopic: 'from-topic',
  toTopic: 'to-topic',
  fromExternal: 'from-external',
  toExternal: 'to-external',
  input: (port: string) => `in:${port}`,
  output: (port: string) => `out:${port}`,
} as const;

/** The port that a handle stands for; null for handles that are not ports of an operator. */
export function portOfHandle(handle: string | null | undefined): string | null {
  const match = /^(?:in|out):(.+)$/.exec(handle ?? '');
  return match?.[1] ?? null;
}

export type Side = 'left' | 'right' | 'top' | 'bottom';

/**
 * Where one handle is. What goes through Kafka goes across, from left to right; what happens inside a service
 * goes down, so that its operators read like the lines of a recipe.
 */
export interface HandleSpec {
  readonly id: string;
  readonly type: 'source' | 'target';
  readonly side: Side;
  /** The middle of the handle along its side, in pixels from the top or from the left. */
  readonly at: number;
  readonly label: string;
}

/** The middle of a topic's pipe. */
const pipeMiddle = 38;

export const topicHandles: readonly HandleSpec[] = [
  { id: handleIds.topicIn, type: 'target', side: 'left', at: pipeMiddle, label: 'written by' },
  { id: handleIds.topicOut, type: 'source', side: 'right', at: pipeMiddle, label: 'read by' },
];

const headMiddle = serviceHeadHeight / 2;

export const serviceHandles: readonly HandleSpec[] = [
  { id: handleIds.serviceIn, type: 'target', side: 'left', at: headMiddle, label: 'reads, or is called' },
  { id: handleIds.serviceOut, type: 'source', side: 'right', at: headMiddle, label: 'writes, or calls' },
];

export const externalHandles: readonly HandleSpec[] = [
  { id: handleIds.externalIn, type: 'target', side: 'left', at: 24, label: 'reads' },
  { id: handleIds.externalOut, type: 'source', side: 'right', at: 24, label: 'writes' },
];

export function operatorHandles(operator: Operator, size: Size): readonly HandleSpec[] {
  const inputs = inputPorts(operator);
  const outputs = outputPorts(operator);
  const wires: readonly HandleSpec[] = [
    ...inputs.map((port, index) => ({
      id: handleIds.input(port.id),
      type: 'target' as const,
      side: 'top' as const,
      at: spread(index, inputs.length, size.width),
      label: port.label,
    })),
    ...outputs.map((port, index) => ({
      id: handleIds.output(port.id),
      type: 'source' as const,
      side: 'bottom' as const,
      at: spread(index, outputs.length, size.width),
      label: port.label,
    })),
  ];
  const outer = outerEnds[operator.kind] ?? [];
  return [...wires, ...outer.map((end) => ({ ...end, at: size.height / 2 }))];
}

function spread(index: number, count: number, width: number): number {
  return Math.round((width * (index + 1)) / (count + 1));
}

type OuterEnd = Omit<HandleSpec, 'at'>;
const fromTopic: OuterEnd = { id: handleIds.fromTopic, type: 'target', side: 'left', label: 'topic' };
const toTopic: OuterEnd = { id: handleIds.toTopic, type: 'source', side: 'right', label: 'topic' };
const fromExternal: OuterEnd = {
  id: handleIds.fromExternal,
  type: 'target',
  side: 'left',
  label: 'external system',
};
const toExternal: OuterEnd = {
  id: handleIds.toExternal,
  type: 'source',
  side: 'right',
  label: 'external system',
};

/** The ends of an operator that lead out of its service. */
const outerEnds: Readonly<Partial<Record<Operator['kind'], readonly OuterEnd[]>>> = {
  stream: [fromTopic],
  table: [fromTopic],
  globalTable: [fromTopic],
  sink: [toTopic],
  deadLetter: [toTopic],
  httpWrite: [toTopic],
  sideEffect: [toExternal],
  connectorSource: [fromExternal, toTopic],
  connectorSink: [fromTopic, toExternal],
};

export const positions: Readonly<Record<Side, Position>> = {
  left: Position.Left,
  right: Position.Right,
  top: Position.Top,
  bottom: Position.Bottom,
};

const handleSize = 9;

/** The same places for React Flow, so that an edge to a node that is not on screen can be drawn. */
export function flowHandles(specs: readonly HandleSpec[], size: Size): NodeHandle[] {
  return specs.map((spec) => {
    const { x, y } = handlePlace(spec, size);
    return {
      id: spec.id,
      type: spec.type,
      position: positions[spec.side],
      x: x - handleSize / 2,
      y: y - handleSize / 2,
      width: handleSize,
      height: handleSize,
    };
  });
}

/** The middle of a handle, from the top left corner of its node. */
export function handlePlace(
  { side, at }: HandleSpec,
  size: Size,
): { readonly x: number; readonly y: number } {
  if (side === 'left' || side === 'right') {
    return { x: side === 'left' ? 0 : size.width, y: at };
  }
  return { x: at, y: side === 'top' ? 0 : size.height };
}
