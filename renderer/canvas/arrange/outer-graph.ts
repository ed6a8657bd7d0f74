import type { ElkExtendedEdge, ElkNode, ElkPort } from 'elkjs/lib/elk-api.js';
import type { Design } from '#shared/design/design.ts';
import { externalHandles, type HandleSpec, handlePlace, serviceHandles, topicHandles } from '../handles.ts';
import { externalSize, noteSize, type Size, topicSize } from '../node-size.ts';
import { sceneEdges } from '../scene-edges.ts';
import { createSceneMemory } from '../scene-memory.ts';
import { type PlacedInside, portId } from './inner-graph.ts';

/** How things are put into columns: which is best depends on the drawing. */
export const layerings = ['NETWORK_SIMPLEX', 'MIN_WIDTH', 'STRETCH_WIDTH'] as const;
export type Layering = (typeof layerings)[number];

/**
 * The graph of topics, services and external systems, each service being one box with its outer ends on it.
 */
export function outerGraph(
  design: Design,
  insides: ReadonlyMap<string, PlacedInside>,
  layering: Layering,
): ElkNode {
  const ports = new Map<string, ElkPort[]>();
  const homes = new Map<string, string>();
  for (const [service, inside] of insides) {
    ports.set(service, [...inside.ports, ...elkPorts(service, serviceHandles, inside.size)]);
    for (const id of inside.boxes.keys()) {
      homes.set(id, service);
    }
  }
  const edges = sceneEdges(design, createSceneMemory())
    .filter((edge) => edge.data?.meaning.is !== 'wire')
    .map(
      (edge): ElkExtendedEdge => ({
        id: edge.id,
        sources: [portId(edge.source, edge.sourceHandle ?? '')],
        targets: [portId(edge.target, edge.targetHandle ?? '')],
        layoutOptions: { 'elk.layered.priority.direction': edge.data?.meaning.is === 'reads' ? '2' : '1' },
      }),
    );
  return {
    id: 'root',
    layoutOptions: { ...outerOptions, 'elk.layered.layering.strategy': layering },
    children: [
      ...design.externals.map(({ id, name }) => box(id, externalSize({ name }), externalHandles)),
      ...design.topics.map((topic) => box(topic.id, topicSize(topic), topicHandles)),
      ...design.services.map(({ id }): ElkNode => {
        const size = insides.get(id)?.size ?? { width: 0, height: 0 };
        return { id, ...size, ports: ports.get(id) ?? [], layoutOptions: fixedPorts };
      }),
      ...design.notes.map((note): ElkNode => ({ id: note.id, ...noteSize(note) })),
    ],
    edges,
  };
}

const fixedPorts = { 'elk.portConstraints': 'FIXED_POS' };

const outerOptions = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.spacing.nodeNode': '32',
  'elk.spacing.edgeNode': '20',
  'elk.spacing.componentComponent': '56',
  'elk.layered.spacing.nodeNodeBetweenLayers': '56',
  'elk.layered.spacing.edgeNodeBetweenLayers': '20',
  'elk.layered.cycleBreaking.strategy': 'GREEDY_MODEL_ORDER',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.thoroughness': '20',
  'elk.aspectRatio': '1.7',
  'elk.padding': '[top=0,left=0,bottom=0,right=0]',
};

function box(id: string, size: Size, handles: readonly HandleSpec[]): ElkNode {
  return { id, ...size, ports: elkPorts(id, handles, size), layoutOptions: fixedPorts };
}

export function elkPorts(node: string, handles: readonly HandleSpec[], size: Size): ElkPort[] {
  return handles.map((handle) => ({
    id: portId(node, handle.id),
    ...handlePlace(handle, size),
    width: 0,
    height: 0,
    layoutOptions: { 'elk.port.side': elkSides[handle.side] },
  }));
}

const elkSides = { left: 'WEST', right: 'EAST', top: 'NORTH', bottom: 'SOUTH' } as const;
