import { err } from '#shared/base/result.ts';
import type { SingleCommand } from '#shared/design/commands/command.ts';
import { freshOperator } from '#shared/design/create.ts';
import type { Design, Service, Topic } from '#shared/design/design.ts';
import type { Operator, OperatorKind } from '#shared/design/operators/registry.ts';
import type { PlannedConnection } from './connection-ends.ts';
import { freePlaceIn } from './free-place.ts';
import type { Boxes } from './scene.ts';

export function nothingThere(): PlannedConnection {
  return err('There is nothing to connect to here.');
}

export function readerKind(topic: Topic): 'stream' | 'table' {
  return topic.cleanup === 'compact' ? 'table' : 'stream';
}

export function reader(
  design: Design,
  kind: Extract<OperatorKind, 'stream' | 'table' | 'globalTable'>,
  topic: Topic,
): Operator {
  return { ...freshOperator(kind, design), name: topic.name, topic: topic.id };
}

export function add(
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

export function withTopic(operator: Operator, topic: string): readonly SingleCommand[] {
  return 'topic' in operator ? [update({ ...operator, topic })] : [];
}

export function update(operator: Operator): SingleCommand {
  return { do: 'updateOperator', operator };
}

export function wire(from: string, output: string, to: string, input: string): SingleCommand {
  return { do: 'connect', from: { operator: from, port: output }, to: { operator: to, port: input } };
}
