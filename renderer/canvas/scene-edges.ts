import type { Design, External, Service } from '#shared/design/design.ts';
import { type Operator, outputPorts } from '#shared/design/operators/registry.ts';
import { indexDesign } from '#shared/design/queries/index-design.ts';
import { effectivePortType } from '#shared/design/queries/port-type.ts';
import { topicsReadBy, topicsWrittenBy } from '#shared/design/queries/topic-use.ts';
import { handleIds } from './handles.ts';
import type { SceneMemory } from './scene-memory.ts';
import type { EdgeMeaning, FlowKind, SceneEdge } from './scene-types.ts';

interface EdgeEnds {
  readonly source: string;
  readonly sourceHandle: string;
  readonly target: string;
  readonly targetHandle: string;
}

/**
 * Every line of the drawing. An edge that stays the same stays the same object, so that nothing renders
 * twice.
 */
export function sceneEdges(design: Design, memory: SceneMemory): readonly SceneEdge[] {
  const edge: EdgeMaker = (...line) => makeEdge(memory, ...line);
  const edges = [
    ...design.services.flatMap((service) => serviceEdges(edge, design, service)),
    ...design.externals.flatMap((external) => externalEdges(edge, design, external)),
    ...design.requests.map((request) =>
      edge(`request:${request.id}`, 'request', { is: 'request', request: request.id }, request.note ?? null, {
        source: request.from,
        sourceHandle: handleIds.serviceOut,
        target: request.to,
        targetHandle: handleIds.serviceIn,
      }),
    ),
  ];
  const known = indexDesign(design);
  const exists = (id: string) =>
    known.topics.has(id) || known.services.has(id) || known.operators.has(id) || known.externals.has(id);
  return edges.filter(({ source, target }) => exists(source) && exists(target));
}

function serviceEdges(edge: EdgeMaker, design: Design, service: Service): readonly SceneEdge[] {
  const wires = service.wires.map((wire) =>
    edge(
      `wire:${wire.id}`,
      wireFlow(design, wire.from),
      { is: 'wire', wire: wire.id, service: service.id },
      branchLabel(service, wire.from),
      {
        source: wire.from.operator,
        sourceHandle: handleIds.output(wire.from.port),
        target: wire.to.operator,
        targetHandle: handleIds.input(wire.to.port),
      },
    ),
  );
  return [...wires, ...service.operators.flatMap((operator) => operatorEdges(edge, operator))];
}

function operatorEdges(edge: EdgeMaker, operator: Operator): readonly SceneEdge[] {
  const reads = topicsReadBy(operator).map((topic) =>
    edge(`reads:${operator.id}`, readFlow(operator), { is: 'reads', operator: operator.id, topic }, null, {
      source: topic,
      sourceHandle: handleIds.topicOut,
      target: operator.id,
      targetHandle: handleIds.fromTopic,
    }),
  );
  const writes = topicsWrittenBy(operator).map((topic) =>
    edge(`writes:${operator.id}:${topic}`, 'stream', { is: 'writes', operator: operator.id, topic }, null, {
      source: operator.id,
      sourceHandle: handleIds.toTopic,
      target: topic,
      targetHandle: handleIds.topicIn,
    }),
  );
  return [...reads, ...writes, ...outsideEdge(edge, operator)];
}

function outsideEdge(edge: EdgeMaker, operator: Operator): readonly SceneEdge[] {
  const external = 'external' in operator ? operator.external : null;
  if (external === null) {
    return [];
  }
  const meaning: EdgeMeaning = { is: 'operatorExternal', operator: operator.id, external };
  const id = `outside:${operator.id}`;
  return operator.kind === 'connectorSource'
    ? [
        edge(id, 'outside', meaning, null, {
          source: external,
          sourceHandle: handleIds.externalOut,
          target: operator.id,
          targetHandle: handleIds.fromExternal,
        }),
      ]
    : [
        edge(id, 'outside', meaning, null, {
          source: operator.id,
          sourceHandle: handleIds.toExternal,
          target: external,
          targetHandle: handleIds.externalIn,
        }),
      ];
}

function externalEdges(edge: EdgeMaker, design: Design, external: External): readonly SceneEdge[] {
  const viaConnector = new Set(
    design.services
      .flatMap((service) => service.operators)
      .flatMap((operator) =>
        (operator.kind === 'connectorSource' || operator.kind === 'connectorSink') &&
        operator.external === external.id &&
        operator.topic !== null
          ? [operator.topic]
          : [],
      ),
  );
  const direct = (topics: readonly string[] | undefined) =>
    [...new Set(topics)].filter((topic) => !viaConnector.has(topic));
  return [
    ...direct(external.writes).map((topic) =>
      edge(
        `outside-writes:${external.id}:${topic}`,
        'stream',
        { is: 'externalWrites', external: external.id, topic },
        null,
        {
          source: external.id,
          sourceHandle: handleIds.externalOut,
          target: topic,
          targetHandle: handleIds.topicIn,
        },
      ),
    ),
    ...direct(external.reads).map((topic) =>
      edge(
        `outside-reads:${external.id}:${topic}`,
        'stream',
        { is: 'externalReads', external: external.id, topic },
        null,
        {
          source: topic,
          sourceHandle: handleIds.topicOut,
          target: external.id,
          targetHandle: handleIds.externalIn,
        },
      ),
    ),
  ];
}

function wireFlow(design: Design, from: { readonly operator: string; readonly port: string }): FlowKind {
  const type = effectivePortType(design, from);
  return type === 'windowedTable' ? 'table' : (type ?? 'stream');
}

function readFlow(operator: Operator): FlowKind {
  return operator.kind === 'table' || operator.kind === 'globalTable' ? operator.kind : 'stream';
}

function branchLabel(
  service: Service,
  from: { readonly operator: string; readonly port: string },
): string | null {
  const operator = service.operators.find((candidate) => candidate.id === from.operator);
  if (operator?.kind !== 'branch') {
    return null;
  }
  return outputPorts(operator).find((port) => port.id === from.port)?.label ?? null;
}

type EdgeMaker = (
  id: string,
  flow: FlowKind,
  meaning: EdgeMeaning,
  label: string | null,
  ends: EdgeEnds,
) => SceneEdge;

function makeEdge(
  memory: SceneMemory,
  ...[id, flow, meaning, label, ends]: Parameters<EdgeMaker>
): SceneEdge {
  return memory.keep(id, [flow, label, ...Object.values(ends)], () => ({
    id,
    type: 'flow',
    ...ends,
    // Lines between services run behind them; what enters one is drawn on by the operator it ends at.
    ...(meaning.is === 'wire' ? {} : { zIndex: -3 }),
    data: { flow, meaning, label, liveId: id },
  }));
}
