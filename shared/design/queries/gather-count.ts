import type { Design } from '../design.ts';
import type { Operator, OperatorOf } from '../operators/registry.ts';
import { indexDesign } from './index-design.ts';
import { emittersOf, topicsReadBy } from './topic-use.ts';
import { wiresInto } from './wires.ts';

/**
 * How many answers a gather waits for: the number it states, or for `emitters` the number of distinct services
 * that the drawing shows writing the topics whose records reach its `items` port.
 */
export function gatherCount(design: Design, gather: OperatorOf<'gather'>): number {
  if (gather.count !== 'emitters') return gather.count;
  const topics = topicsReaching(design, gather.id, 'items');
  return new Set(topics.flatMap((topic) => emittersOf(design, topic).map((service) => service.id))).size;
}

/**
 * The topics whose records arrive at a port, found by walking back along the wires. A table that is only looked
 * up by a join sends no records of its own, so the walk does not follow it.
 */
export function topicsReaching(design: Design, operator: string, port: string): readonly string[] {
  const { operators } = indexDesign(design);
  const topics = new Set<string>();
  const walked = new Set(wiresInto(design, operator, port).map((wire) => wire.from.operator));
  for (const id of walked) {
    const found = operators.get(id)?.operator;
    if (!found) continue;
    for (const topic of topicsReadBy(found)) topics.add(topic);
    for (const wire of wiresInto(design, id)) {
      if (carriesRecords(found, wire.to.port)) walked.add(wire.from.operator);
    }
  }
  return [...topics];
}

function carriesRecords(operator: Operator, port: string): boolean {
  const looksUp =
    operator.kind === 'join' &&
    (operator.inputs === 'streamTable' || operator.inputs === 'streamGlobalTable');
  return !(looksUp && port === 'right');
}
