import type { Design } from '../../../design/design.ts';
import { topicsReadBy, topicsWrittenBy } from '../../../design/queries/topic-use.ts';

/** The drawing as a Mermaid flow chart: services, topics and the world outside. */
export function emitDrawing(design: Design): string {
  const lines = [
    ...design.externals.map((external) => `  ${nodeId(external.id)}(["${label(external.name)}"])`),
    ...design.services.map((service) => `  ${nodeId(service.id)}["${label(service.name)}"]`),
    ...design.topics.map((topic) => `  ${nodeId(topic.id)}[("${label(topic.name)}")]`),
    ...edges(design).map(([from, to]) => `  ${nodeId(from)} --> ${nodeId(to)}`),
    ...calls(design).map(([from, to]) => `  ${nodeId(from)} -.-> ${nodeId(to)}`),
  ];
  return `\`\`\`mermaid\nflowchart LR\n${[...new Set(lines)].join('\n')}\n\`\`\`\n`;
}

type Edge = readonly [from: string, to: string];

function edges(design: Design): Edge[] {
  const outside = design.externals.flatMap((external): Edge[] => [
    ...(external.writes ?? []).map((topic): Edge => [external.id, topic]),
    ...(external.reads ?? []).map((topic): Edge => [topic, external.id]),
  ]);
  const inside = design.services.flatMap((service) =>
    service.operators.flatMap((operator): Edge[] => [
      ...topicsReadBy(operator).map((topic): Edge => [topic, service.id]),
      ...topicsWrittenBy(operator).map((topic): Edge => [service.id, topic]),
    ]),
  );
  return [...outside, ...inside];
}

function calls(design: Design): Edge[] {
  const effects = design.services.flatMap((service) =>
    service.operators.flatMap((operator): Edge[] =>
      operator.kind === 'sideEffect' && operator.external !== null ? [[service.id, operator.external]] : [],
    ),
  );
  return [...effects, ...design.requests.map((request): Edge => [request.from, request.to])];
}

/** Ids are unique in the design; the prefix keeps them off Mermaid's own words, such as `end`. */
function nodeId(id: string): string {
  return `n_${id.replaceAll('-', '_')}`;
}

function label(text: string): string {
  return text
    .replace(/[\r\n]+/g, ' ')
    .replaceAll('"', '#quot;')
    .replaceAll('`', '#96;');
}
