import type { Service, Topic } from '../design/design.ts';
import type { Operator } from '../design/operators/registry.ts';
import type { Place } from './diagnostic.ts';

export function atTopic(topic: Topic, field?: string): Place {
  return field === undefined ? { kind: 'topic', id: topic.id } : { kind: 'topic', id: topic.id, field };
}

export function atService(service: Service, field?: string): Place {
  return field === undefined
    ? { kind: 'service', id: service.id }
    : { kind: 'service', id: service.id, field };
}

export function atOperator(operator: Operator, field?: string): Place {
  return field === undefined
    ? { kind: 'operator', id: operator.id }
    : { kind: 'operator', id: operator.id, field };
}

/** `“Only new orders” in Inventory`: how a sentence names an operator. */
export function operatorName(operator: Operator, service: Service): string {
  return `“${operator.name}” in ${service.name}`;
}
