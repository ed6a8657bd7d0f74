import { err, ok } from '#shared/base/result.ts';
import { freshOperator, newId } from '#shared/design/create.ts';
import type { Operator } from '#shared/design/operators/registry.ts';
import type { Ends, PlannedConnection } from './connection-ends.ts';
import { add, nothingThere, update } from './connection-steps.ts';

export function serviceToTopic({ design, boxes, index, from, to }: Ends): PlannedConnection {
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

export function serviceToService({ design, index, from, to }: Ends): PlannedConnection {
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

export function serviceToExternal({ design, boxes, index, from, to }: Ends): PlannedConnection {
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

export function externalToTopic({ index, from, to }: Ends): PlannedConnection {
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

export function externalToOperator({ index, from, to }: Ends): PlannedConnection {
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
