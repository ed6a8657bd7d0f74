import { err, ok } from '#shared/base/result.ts';
import type { Design, Topic } from '#shared/design/design.ts';
import { inputPorts } from '#shared/design/operators/registry.ts';
import { canConnectTopic } from '#shared/design/queries/can-connect.ts';
import type { PlacedOperator } from '#shared/design/queries/index-design.ts';
import { connectTopicProblemWords } from '../strings/connect-problems.ts';
import type { Ends, PlannedConnection } from './connection-ends.ts';
import { add, nothingThere, reader, readerKind, wire, withTopic } from './connection-steps.ts';
import { portOfHandle } from './handles.ts';
import type { Boxes } from './scene.ts';

export function readIntoService({ design, boxes, index, from, to }: Ends): PlannedConnection {
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

export function topicToOperator(ends: Ends): PlannedConnection {
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

export function topicToExternal({ index, from, to }: Ends): PlannedConnection {
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

const sourceKinds = ['stream', 'table', 'globalTable'] as const;
