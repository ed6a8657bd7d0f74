import { keyFlowInto } from '#shared/checks/key-flow.ts';
import { meetingPorts } from '#shared/checks/rules/co-partitioning.ts';
import type { Design, Service } from '#shared/design/design.ts';
import type { Operator } from '#shared/design/operators/registry.ts';
import { repartitionTopic, subscriptionTopic } from '#shared/design/queries/kafka-names.ts';

/** An input whose records go through an internal topic first, so that equal keys meet in one partition. */
export interface RepartitionHop {
  readonly port: string;
  readonly topic: string;
}

/**
 * The repartition topics before an operator: those it makes because the key changes upstream, or by what it
 * is.
 */
export function repartitionHops(
  design: Design,
  service: Service,
  operator: Operator,
): readonly RepartitionHop[] {
  if (operator.kind === 'join' && operator.inputs === 'foreignKey') {
    return [{ port: 'left', topic: subscriptionTopic(service, operator) }];
  }
  return rekeyedPorts(design, operator).map((port) => ({ port, topic: topicOf(service, operator, port) }));
}

function rekeyedPorts(design: Design, operator: Operator): readonly string[] {
  const isRekeyed = (port: string) => keyFlowInto(design, operator, port).keyChanged;
  switch (operator.kind) {
    case 'repartition':
      return ['in'];
    case 'aggregate':
      return operator.groupBy !== undefined || isRekeyed('in') ? ['in'] : [];
    default:
      return meetingPorts(operator).flat().filter(isRekeyed);
  }
}

/** Where both inputs may be repartitioned, each has a topic of its own. */
function topicOf(service: Service, operator: Operator, port: string): string {
  const isOneOfTwo =
    operator.kind === 'gather' || (operator.kind === 'join' && operator.inputs === 'streamStream');
  return repartitionTopic(service, isOneOfTwo ? { ...operator, id: `${operator.id}-${port}` } : operator);
}
