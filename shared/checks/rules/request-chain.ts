import type { Design } from '../../design/design.ts';
import { indexDesign } from '../../design/queries/index-design.ts';
import { cyclesIn, type Graph, wayRound } from '../directed-graph.ts';
import type { Finding, Rule } from '../rule.ts';

const deepest = 2;

export const requestChain: Rule = {
  title: 'Services do not wait for chains of other services',
  severity: 'warning',
  why: 'Each call in a chain must be up for the answer, so availability multiplies; events and a view of one’s own do not wait.',
  check: (design) => {
    const graph = requestGraph(design);
    const cycles = cyclesIn(graph);
    const inCycle = new Set(cycles.flat());
    return [
      ...cycles.map((group) => cycleFinding(design, wayRound(graph, group))),
      ...longChains(graph, inCycle).map((chain) => chainFinding(design, chain)),
    ];
  },
};

function requestGraph(design: Design): Graph {
  const graph = new Map<string, string[]>(design.services.map(({ id }) => [id, []]));
  for (const { from, to } of design.requests) {
    if (graph.has(to)) graph.get(from)?.push(to);
  }
  return graph;
}

/** The longest chain from each service that nobody calls; what is in a cycle is reported as that. */
function longChains(graph: Graph, inCycle: ReadonlySet<string>): readonly (readonly string[])[] {
  const longest = new Map<string, readonly string[]>();
  const chainFrom = (start: string): readonly string[] => {
    const pending = [start];
    for (let node = pending.at(-1); node !== undefined; node = pending.at(-1)) {
      const next = (graph.get(node) ?? []).filter((to) => !inCycle.has(to));
      const open = next.filter((to) => !longest.has(to));
      if (open.length > 0) {
        pending.push(...open);
        continue;
      }
      const tails = next.map((to) => longest.get(to) ?? []);
      const tail = tails.reduce(
        (best, one) => (one.length > best.length ? one : best),
        [] as readonly string[],
      );
      longest.set(node, [node, ...tail]);
      pending.pop();
    }
    return longest.get(start) ?? [];
  };
  const called = new Set([...graph.values()].flat());
  const roots = [...graph.keys()].filter((node) => !called.has(node) && !inCycle.has(node));
  return roots.map(chainFrom).filter((chain) => chain.length - 1 > deepest);
}

function cycleFinding(design: Design, path: readonly string[]): Finding {
  const names = namesOf(design, path);
  return {
    where: { kind: 'service', id: path[0] ?? '' },
    data: { services: names },
    message: `${names.join(' → ')}: these services wait for each other’s answers in a circle.`,
  };
}

function chainFinding(design: Design, path: readonly string[]): Finding {
  const names = namesOf(design, path);
  return {
    where: { kind: 'service', id: path[0] ?? '' },
    data: { services: names, calls: names.length - 1 },
    message: `${names.join(' → ')}: ${names[0]} waits for a chain of ${names.length - 1} calls.`,
  };
}

function namesOf(design: Design, ids: readonly string[]): readonly string[] {
  const { services } = indexDesign(design);
  return ids.map((id) => services.get(id)?.name ?? id);
}
