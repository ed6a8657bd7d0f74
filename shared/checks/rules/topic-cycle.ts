import type { Design } from '../../design/design.ts';
import type { Operator } from '../../design/operators/registry.ts';
import { indexDesign } from '../../design/queries/index-design.ts';
import { topicsReadBy, topicsWrittenBy } from '../../design/queries/topic-use.ts';
import type { Expression } from '../../design/types.ts';
import { cyclesIn, type Graph, wayRound } from '../directed-graph.ts';
import { downstreamOf } from '../flow.ts';
import type { Rule } from '../rule.ts';

/**
 * A way from a topic back to itself is safe where at some step the records are filtered by their own state, as
 * orders are filtered for CREATED before anything is decided and written back.
 */
export const topicCycle: Rule = {
  title: 'A circle of topics has a guard',
  severity: 'info',
  why: 'Without a filter on state in the circle, one record can go round for ever.',
  check: (design) => {
    const graph = unguardedGraph(design);
    const { topics } = indexDesign(design);
    return cyclesIn(graph).map((group) => {
      const path = wayRound(graph, group);
      const names = path.map((id) => topics.get(id)?.name ?? id);
      return {
        where: { kind: 'topic', id: path[0] ?? '' },
        data: { topics: names },
        message: `${names.join(' → ')}: records come back to where they came from, and no filter on the way in stops them.`,
      };
    });
  },
};

/** Which topic's records lead to records of which other, without a filter on the first topic's own records. */
function unguardedGraph(design: Design): Graph {
  const graph = new Map<string, string[]>(design.topics.map(({ id }) => [id, []]));
  for (const service of design.services) {
    for (const operator of service.operators) {
      for (const topic of topicsReadBy(operator)) {
        graph.get(topic)?.push(...writtenWithoutGuard(design, operator).filter((to) => graph.has(to)));
      }
    }
  }
  return graph;
}

function writtenWithoutGuard(design: Design, source: Operator): readonly string[] {
  const written = new Set<string>();
  // What follows an operator that makes a new value is no longer the topic's own record: a filter there does not count.
  const ownRecord = new Set(downstreamOf(design, source));
  const newRecord = new Set<Operator>();
  for (const operator of ownRecord) {
    if (isGuard(operator)) continue;
    for (const topic of topicsWrittenBy(operator)) written.add(topic);
    const reached = makesNewValue(operator) ? newRecord : ownRecord;
    for (const next of downstreamOf(design, operator)) reached.add(next);
  }
  for (const operator of newRecord) {
    for (const topic of topicsWrittenBy(operator)) written.add(topic);
    for (const next of downstreamOf(design, operator)) newRecord.add(next);
  }
  return [...written];
}

function isGuard(operator: Operator): boolean {
  if (operator.kind === 'filter') return looksAtRecord(operator.condition);
  return operator.kind === 'branch' && operator.branches.every(({ condition }) => looksAtRecord(condition));
}

function looksAtRecord(condition: Expression): boolean {
  return typeof condition !== 'string' || /\b(value|key)\b/.test(condition);
}

function makesNewValue(operator: Operator): boolean {
  return ['map', 'flatMap', 'join', 'aggregate', 'gather'].includes(operator.kind);
}
