import { err, ok, type Result } from '#shared/base/result.ts';
import type { SingleCommand } from '#shared/design/commands/command.ts';
import { freshOperator, newId } from '#shared/design/create.ts';
import type { Design, Service, Topic } from '#shared/design/design.ts';
import {
  inputPorts,
  type Operator,
  type OperatorKind,
  outputPorts,
} from '#shared/design/operators/registry.ts';
import { canConnect, canConnectTopic } from '#shared/design/queries/can-connect.ts';
import { type DesignIndex, indexDesign, type PlacedOperator } from '#shared/design/queries/index-design.ts';
import { connectProblemWords, connectTopicProblemWords } from '../strings/connect-problems.ts';
import { freePlaceIn } from './free-place.ts';
import { portOfHandle } from './handles.ts';
import type { Boxes } from './scene.ts';

/** One end of a line that is drawn: a node, and the handle it was drawn from or to, if it hit one. */
export interface LineEnd {
  readonly node: string;
  readonly handle: string | null;
}

/** What a line would do, in words, and the commands that do it. */
export interface ConnectionPlan {
  readonly words: string;
  readonly commands: readonly SingleCommand[];
}

export type PlannedConnection = Result<ConnectionPlan, string>;

interface Ends {
  readonly design: Design;
  readonly boxes: Boxes;
  readonly index: DesignIndex;
  readonly from: LineEnd;
  readonly to: LineEnd;
}

type NodeKind = 'topic' | 'service' | 'operator' | 'external' | 'other';
type Planner = (ends: Ends) => PlannedConnection;

/** What a line from one node to another means: the one place that knows what an architect means by it. */
export function planConnection(design: Design, boxes: Boxes, from: LineEnd, to: LineEnd): PlannedConnection {
  const index = indexDesign(design);
  if (from.node === to.node) {
    return err('A line goes from one thing to another.');
  }
  const plan = planners[kindOf(index, from.node)][kindOf(index, to.node)];
  return plan({ design, boxes, index, from, to });
}

function kindOf(index: DesignIndex, id: string): NodeKind {
  if (index.topics.has(id)) {
    return 'topic';
  }
  if (index.services.has(id)) {
    return 'service';
  }
  if (index.operators.has(id)) {
    return 'operator';
  }
  return index.externals.has(id) ? 'external' : 'other';
}

const nothing: Planner = () => err('Notes are not connected to anything.');
const none = { topic: nothing, service: nothing, operator: nothing, external: nothing, other: nothing };

const planners: Readonly<Record<NodeKind, Readonly<Record<NodeKind, Planner>>>> = {
  topic: {
    topic: () => err('A topic is filled by a service or an external system; put one between.'),
    service: readIntoService,
    operator: topicToOperator,
    external: topicToExternal,
    other: nothing,
  },
  operator: {
    topic: operatorToTopic,
    service: operatorToService,
    operator: operatorToOperator,
    external: operatorToExternal,
    other: nothing,
  },
  service: {
    topic: serviceToTopic,
    service: serviceToService,
    operator: ({ index, from, to }) =>
      index.operators.get(to.node)?.service.id === from.node
        ? err('The operator is in this service already.')
        : err('Services meet in topics only: write to a topic that the other one reads.'),
    external: serviceToExternal,
    other: nothing,
  },
  external: {
    topic: externalToTopic,
    service: () => err('An external system writes a topic, which the service then reads.'),
    operator: externalToOperator,
    external: () => err('What external systems do with each other is not drawn.'),
    other: nothing,
  },
  other: none,
};

function readIntoService({ design, boxes, index, from, to }: Ends): PlannedConnection {
  const topic = index.topics.get(from.node);
  const service = index.services.get(to.node);
  if (topic === undefined || service === undefined) {
    return nothingThere();
  }
  const kind = readerKind(topic);
  const operator = reader(design, kind, topic);
  return ok({
    words: `Read ${topic.name} as a ${kind}`,
    commands: [add(boxes, service, operator, 'source')],
  });
}

function topicToOperator(ends: Ends): PlannedConnection {
  const { design, boxes, index, from, to } = ends;
  const topic = index.topics.get(from.node);
  const placed = index.operators.get(to.node);
  if (topic === undefined || placed === undefined) {
    return nothingThere();
  }
  const direct = canConnectTopic(design, topic.id, placed.operator.id, 'reads');
  if (direct.ok) {
    return ok({
      words: `${placed.operator.name} reads ${topic.name}`,
      commands: withTopic(placed.operator, topic.id),
    });
  }
  if (direct.error.code !== 'not-a-reader') {
    return err(connectTopicProblemWords(direct.error));
  }
  return readIntoPort(design, boxes, topic, placed, portOfHandle(to.handle));
}

/** A topic drawn onto an input: a source is put before it, of the type that the input takes. */
function readIntoPort(
  design: Design,
  boxes: Boxes,
  topic: Topic,
  { service, operator }: PlacedOperator,
  wanted: string | null,
): PlannedConnection {
  const free = inputPorts(operator).filter(
    (port) =>
      port.many === true ||
      !service.wires.some((wire) => wire.to.operator === operator.id && wire.to.port === port.id),
  );
  const port = free.find((candidate) => candidate.id === wanted) ?? (wanted === null ? free[0] : undefined);
  if (port === undefined) {
    return inputPorts(operator).length === 0
      ? err('This operator has no input; it is where records come in.')
      : err('This input has its wire already.');
  }
  const kinds = sourceKinds.filter((kind) => port.accepts.includes(kind));
  const kind = kinds.includes(readerKind(topic)) ? readerKind(topic) : kinds[0];
  if (kind === undefined) {
    return err('This input takes what an aggregation gives, not a topic.');
  }
  const source = reader(design, kind, topic);
  return ok({
    words: `Read ${topic.name} as a ${kind === 'globalTable' ? 'global table' : kind}, into ${operator.name}`,
    commands: [
      add(boxes, service, source, 'before', operator.id),
      wire(source.id, 'out', operator.id, port.id),
    ],
  });
}

const sourceKinds = ['stream', 'table', 'globalTable'] as const;

function topicToExternal({ index, from, to }: Ends): PlannedConnection {
  const topic = index.topics.get(from.node);
  const external = index.externals.get(to.node);
  if (topic === undefined || external === undefined) {
    return nothingThere();
  }
  if (external.reads?.includes(topic.id) === true) {
    return err(`${external.name} reads this topic already.`);
  }
  return ok({
    words: `${external.name} reads ${topic.name}`,
    commands: [
      {
        do: 'updateExternal',
        external: external.id,
        changes: { reads: [...(external.reads ?? []), topic.id] },
      },
    ],
  });
}

function operatorToTopic(ends: Ends): PlannedConnection {
  const { design, boxes, index, from, to } = ends;
  const topic = index.topics.get(to.node);
  const placed = index.operators.get(from.node);
  if (topic === undefined || placed === undefined) {
    return nothingThere();
  }
  const { operator, service } = placed;
  const direct = canConnectTopic(design, topic.id, operator.id, 'writes');
  if (direct.ok) {
    return ok({
      words: `${operator.name} writes ${topic.name}`,
      commands: withTopic(operator, topic.id),
    });
  }
  if (direct.error.code !== 'not-a-writer') {
    return err(connectTopicProblemWords(direct.error));
  }
  const outputs = outputPorts(operator);
  const port = outputs.find(({ id }) => id === portOfHandle(from.handle)) ?? outputs[0];
  const gives = port?.accepts[0];
  if (port === undefined || gives === undefined || gives === 'globalTable') {
    return err('Nothing comes out of this operator that could be written to a topic.');
  }
  const sink: Operator = { ...freshOperator('sink', design), name: topic.name, topic: topic.id };
  if (gives === 'stream') {
    return ok({
      words: `Write to ${topic.name}`,
      commands: [add(boxes, service, sink, 'after', operator.id), wire(operator.id, port.id, sink.id, 'in')],
    });
  }
  const changes = freshOperator('toStream', design);
  return ok({
    words: `Write every change to ${topic.name}`,
    commands: [
      add(boxes, service, changes, 'after', operator.id),
      wire(operator.id, port.id, changes.id, 'in'),
      add(boxes, service, sink, 'afterNext', operator.id),
      wire(changes.id, 'out', sink.id, 'in'),
    ],
  });
}

function operatorToService({ index, from, to }: Ends): PlannedConnection {
  return index.operators.get(from.node)?.service.id === to.node
    ? err('Draw the line to an operator in the service.')
    : err('Services meet in topics only: write to a topic that the other one reads.');
}

function operatorToOperator({ design, index, from, to }: Ends): PlannedConnection {
  const source = index.operators.get(from.node)?.operator;
  const target = index.operators.get(to.node)?.operator;
  if (source === undefined || target === undefined) {
    return nothingThere();
  }
  const outputs = outputPorts(source).map((port) => port.id);
  const inputs = inputPorts(target).map((port) => port.id);
  const fromPort = portOfHandle(from.handle);
  const toPort = portOfHandle(to.handle);
  let refused: string | null = null;
  for (const output of fromPort === null ? outputs : [fromPort]) {
    for (const input of toPort === null ? inputs : [toPort]) {
      const allowed = canConnect(
        design,
        { operator: source.id, port: output },
        { operator: target.id, port: input },
      );
      if (allowed.ok) {
        return ok({
          words:
            inputs.length > 1
              ? `${source.name} into ${input} of ${target.name}`
              : `${source.name} into ${target.name}`,
          commands: [wire(source.id, output, target.id, input)],
        });
      }
      refused ??= connectProblemWords(allowed.error);
    }
  }
  return err(refused ?? noPortWords(inputs.length === 0 ? target : source, inputs.length === 0));
}

function noPortWords(operator: Operator, input: boolean): string {
  return input
    ? `${operator.name} has no input; it is where records come in.`
    : `Nothing comes out of ${operator.name} inside the service.`;
}

function operatorToExternal({ design, boxes, index, from, to }: Ends): PlannedConnection {
  const external = index.externals.get(to.node);
  const placed = index.operators.get(from.node);
  if (external === undefined || placed === undefined) {
    return nothingThere();
  }
  const { operator, service } = placed;
  if (operator.kind === 'sideEffect' || operator.kind === 'connectorSink') {
    return ok({
      words: `${operator.name} acts on ${external.name}`,
      commands: [update({ ...operator, external: external.id })],
    });
  }
  const stream = outputPorts(operator).find((port) => port.accepts[0] === 'stream');
  if (stream === undefined) {
    return err('Only a stream of records can act on something outside Kafka.');
  }
  const effect: Operator = {
    ...freshOperator('sideEffect', design),
    name: `Call ${external.name}`,
    external: external.id,
  };
  return ok({
    words: `Call ${external.name} for each record`,
    commands: [
      add(boxes, service, effect, 'after', operator.id),
      wire(operator.id, stream.id, effect.id, 'in'),
    ],
  });
}

function serviceToTopic({ design, boxes, index, from, to }: Ends): PlannedConnection {
  const topic = index.topics.get(to.node);
  const service = index.services.get(from.node);
  if (topic === undefined || service === undefined) {
    return nothingThere();
  }
  const sink: Operator = { ...freshOperator('sink', design), name: topic.name, topic: topic.id };
  return ok({
    words: `Add a sink that writes ${topic.name}`,
    commands: [add(boxes, service, sink, 'last')],
  });
}

function serviceToService({ design, index, from, to }: Ends): PlannedConnection {
  if (design.requests.some((request) => request.from === from.node && request.to === to.node)) {
    return err('This request is drawn already.');
  }
  const target = index.services.get(to.node)?.name ?? '';
  return ok({
    words: `Call ${target} and wait for its answer`,
    commands: [
      {
        do: 'addRequest',
        request: { id: newId(design, `${from.node}-calls-${to.node}`), from: from.node, to: to.node },
      },
    ],
  });
}

function serviceToExternal({ design, boxes, index, from, to }: Ends): PlannedConnection {
  const external = index.externals.get(to.node);
  const service = index.services.get(from.node);
  if (external === undefined || service === undefined) {
    return nothingThere();
  }
  const effect: Operator = {
    ...freshOperator('sideEffect', design),
    name: `Call ${external.name}`,
    external: external.id,
  };
  return ok({
    words: `Add a side effect on ${external.name}`,
    commands: [add(boxes, service, effect, 'last')],
  });
}

function externalToTopic({ index, from, to }: Ends): PlannedConnection {
  const topic = index.topics.get(to.node);
  const external = index.externals.get(from.node);
  if (topic === undefined || external === undefined) {
    return nothingThere();
  }
  if (external.writes?.includes(topic.id) === true) {
    return err(`${external.name} writes this topic already.`);
  }
  return ok({
    words: `${external.name} writes ${topic.name}`,
    commands: [
      {
        do: 'updateExternal',
        external: external.id,
        changes: { writes: [...(external.writes ?? []), topic.id] },
      },
    ],
  });
}

function externalToOperator({ index, from, to }: Ends): PlannedConnection {
  const external = index.externals.get(from.node);
  const operator = index.operators.get(to.node)?.operator;
  if (external === undefined || operator?.kind !== 'connectorSource') {
    return err('An external system comes in through a topic or a connector source.');
  }
  return ok({
    words: `Copy from ${external.name}`,
    commands: [update({ ...operator, external: external.id })],
  });
}

function nothingThere(): PlannedConnection {
  return err('There is nothing to connect to here.');
}

function readerKind(topic: Topic): 'stream' | 'table' {
  return topic.cleanup === 'compact' ? 'table' : 'stream';
}

function reader(
  design: Design,
  kind: Extract<OperatorKind, 'stream' | 'table' | 'globalTable'>,
  topic: Topic,
): Operator {
  return { ...freshOperator(kind, design), name: topic.name, topic: topic.id };
}

function add(
  boxes: Boxes,
  service: Service,
  operator: Operator,
  where: Parameters<typeof freePlaceIn>[2],
  beside?: string,
): SingleCommand {
  return {
    do: 'addOperator',
    service: service.id,
    operator,
    box: freePlaceIn(service, boxes, where, beside),
  };
}

function withTopic(operator: Operator, topic: string): readonly SingleCommand[] {
  return 'topic' in operator ? [update({ ...operator, topic })] : [];
}

function update(operator: Operator): SingleCommand {
  return { do: 'updateOperator', operator };
}

function wire(from: string, output: string, to: string, input: string): SingleCommand {
  return { do: 'connect', from: { operator: from, port: output }, to: { operator: to, port: input } };
}
