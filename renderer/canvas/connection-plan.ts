import { err } from '#shared/base/result.ts';
import type { Design } from '#shared/design/design.ts';
import { type DesignIndex, indexDesign } from '#shared/design/queries/index-design.ts';
import {
  operatorToExternal,
  operatorToOperator,
  operatorToService,
  operatorToTopic,
} from './connect-from-operator.ts';
import {
  externalToOperator,
  externalToTopic,
  serviceToExternal,
  serviceToService,
  serviceToTopic,
} from './connect-from-others.ts';
import { readIntoService, topicToExternal, topicToOperator } from './connect-from-topic.ts';
import type { Ends, LineEnd, PlannedConnection } from './connection-ends.ts';
import type { Boxes } from './scene.ts';

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
