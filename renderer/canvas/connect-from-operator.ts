import { err, ok } from '#shared/base/result.ts';
import { freshOperator } from '#shared/design/create.ts';
import { inputPorts, type Operator, outputPorts } from '#shared/design/operators/registry.ts';
import { canConnect, canConnectTopic } from '#shared/design/queries/can-connect.ts';
import { connectProblemWords, connectTopicProblemWords } from '../strings/connect-problems.ts';
import type { Ends, PlannedConnection } from './connection-ends.ts';
import { add, nothingThere, update, wire, withTopic } from './connection-steps.ts';
import { portOfHandle } from './handles.ts';

export function operatorToTopic(ends: Ends): PlannedConnection {
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

export function operatorToService({ index, from, to }: Ends): PlannedConnection {
  return index.operators.get(from.node)?.service.id === to.node
    ? err('Draw the line to an operator in the service.')
    : err('Services meet in topics only: write to a topic that the other one reads.');
}

export function operatorToOperator({ design, index, from, to }: Ends): PlannedConnection {
  const placed = index.operators.get(from.node);
  const other = index.operators.get(to.node);
  if (placed === undefined || other === undefined) {
    return nothingThere();
  }
  if (placed.service !== other.service) {
    return err(
      connectProblemWords({ code: 'different-services', from: placed.service.id, to: other.service.id }),
    );
  }
  const source = placed.operator;
  const target = other.operator;
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

export function operatorToExternal({ design, boxes, index, from, to }: Ends): PlannedConnection {
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
