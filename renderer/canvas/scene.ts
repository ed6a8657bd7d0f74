import type { Box, Design, External, NoteBox, Service, Topic } from '#shared/design/design.ts';
import { type Operator, operatorRegistry } from '#shared/design/operators/registry.ts';
import { indexDesign } from '#shared/design/queries/index-design.ts';
import { feedsInto, topicsReadBy, topicsWrittenBy } from '#shared/design/queries/topic-use.ts';
import {
  externalHandles,
  flowHandles,
  type HandleSpec,
  operatorHandles,
  serviceHandles,
  topicHandles,
} from './handles.ts';
import {
  externalSize,
  noteSize,
  operatorSize,
  type Place,
  type Size,
  serviceHeadHeight,
  servicePadding,
  serviceSize,
  topicSize,
} from './node-size.ts';
import { repartitionHops } from './repartition-hops.ts';
import { sceneEdges } from './scene-edges.ts';
import type { SceneMemory } from './scene-memory.ts';
import type { Scene, SceneNode } from './scene-types.ts';

/** Where things stand: the design's own layout, or one that was worked out for a design that has none. */
export type Boxes = Readonly<Record<string, Box>>;

/** The drawing of a design, as React Flow takes it. Parents come before their children. */
export function sceneOf(design: Design, boxes: Boxes, memory: SceneMemory): Scene {
  return {
    nodes: [
      ...fromTop(design.services, boxes).flatMap((service) => serviceNodes(design, service, boxes, memory)),
      ...design.topics.map((topic) => topicNode(design, topic, boxes, memory)),
      ...design.externals.map((external) => externalNode(external, boxes, memory)),
      ...design.notes.map((note) => noteNode(note, boxes, memory)),
    ],
    edges: sceneEdges(design, memory),
  };
}

/** A lower service comes later, so that what hangs on its upper wall is not hidden by the one above it. */
function fromTop(services: readonly Service[], boxes: Boxes): readonly Service[] {
  return services.toSorted((a, b) => (boxes[a.id]?.y ?? 0) - (boxes[b.id]?.y ?? 0));
}

function serviceNodes(
  design: Design,
  service: Service,
  boxes: Boxes,
  memory: SceneMemory,
): readonly SceneNode[] {
  const inside = service.operators.map((operator, index) => {
    const place = boxes[operator.id] ?? waitingPlace(index);
    return { operator, ...placeOf(place), ...operatorSize(operator) };
  });
  const box = boxes[service.id];
  const size = serviceSize(box, inside);
  const least = serviceSize({ width: 0, height: 0 }, inside);
  return [
    memory.keep<SceneNode>(
      service.id,
      [service, box?.x, box?.y, size.width, size.height, least.width, least.height],
      () => ({
        id: service.id,
        type: 'service',
        position: placeOf(box),
        ...size,
        measured: size,
        data: { service, least },
        handles: flowHandles(serviceHandles, size),
        dragHandle: '.drag-service',
        ariaLabel: `Service ${service.name}`,
      }),
    ),
    ...inside.map((child) => {
      const topicName = topicNameOf(design, child.operator);
      const hops = repartitionHops(design, service, child.operator);
      return memory.keep<SceneNode>(
        child.operator.id,
        [child.operator, service.id, topicName, child.x, child.y, hops.map(({ topic }) => topic).join()],
        () =>
          ({
            id: child.operator.id,
            type: 'operator',
            parentId: service.id,
            position: placeOf(child),
            width: child.width,
            height: child.height,
            measured: { width: child.width, height: child.height },
            handles: flowHandles(operatorHandles(child.operator, child), child),
            data: { operator: child.operator, service: service.id, topicName, hops },
            ariaLabel: `${operatorRegistry[child.operator.kind].title} ${child.operator.name}`,
          }) satisfies SceneNode,
      );
    }),
  ];
}

function topicNode(design: Design, topic: Topic, boxes: Boxes, memory: SceneMemory): SceneNode {
  const feeds = feedsInto(design, topic.id).length;
  return simpleNode(memory, boxes, {
    id: topic.id,
    type: 'topic',
    data: { topic, feeds },
    parts: [topic, feeds],
    handles: topicHandles,
    size: topicSize(topic),
    ariaLabel: `Topic ${topic.name}`,
  });
}

function externalNode(external: External, boxes: Boxes, memory: SceneMemory): SceneNode {
  return simpleNode(memory, boxes, {
    id: external.id,
    type: 'external',
    data: { external },
    parts: [external],
    handles: externalHandles,
    size: externalSize(external),
    ariaLabel: `External system ${external.name}`,
  });
}

function noteNode(note: NoteBox, boxes: Boxes, memory: SceneMemory): SceneNode {
  const box = boxes[note.id];
  const natural = noteSize(note);
  const size = { width: box?.width ?? natural.width, height: box?.height ?? natural.height };
  return simpleNode(memory, boxes, {
    id: note.id,
    type: 'note',
    data: { note },
    parts: [note, size.width, size.height],
    handles: [],
    size,
    ariaLabel: 'Note',
  });
}

interface SimpleNode {
  readonly id: string;
  readonly type: 'topic' | 'external' | 'note';
  readonly data: object;
  readonly parts: readonly unknown[];
  readonly handles: readonly HandleSpec[];
  readonly size: Size;
  readonly ariaLabel: string;
}

function simpleNode(memory: SceneMemory, boxes: Boxes, simple: SimpleNode): SceneNode {
  const { id, type, data, parts, handles, size, ariaLabel } = simple;
  const position = placeOf(boxes[id]);
  return memory.keep(id, [...parts, position.x, position.y], () => {
    // The callers above pair each type with its data.
    return {
      id,
      type,
      position,
      ...size,
      measured: size,
      data,
      handles: flowHandles(handles, size),
      ariaLabel,
    } as SceneNode;
  });
}

function topicNameOf(design: Design, operator: Operator): string | null {
  const id = topicsReadBy(operator)[0] ?? topicsWrittenBy(operator)[0];
  return id === undefined ? null : (indexDesign(design).topics.get(id)?.name ?? null);
}

function placeOf(box: Place | undefined): Place {
  return { x: box?.x ?? 0, y: box?.y ?? 0 };
}

function waitingPlace(index: number): Place {
  return { x: servicePadding, y: serviceHeadHeight + servicePadding + index * 64 };
}
