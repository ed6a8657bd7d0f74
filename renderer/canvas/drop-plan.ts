import type { SingleCommand } from '#shared/design/commands/command.ts';
import type { Design } from '#shared/design/design.ts';
import { indexDesign } from '#shared/design/queries/index-design.ts';
import { counted } from '../strings/counts.ts';
import type { Place } from './node-size.ts';
import { type PlacedId, placeInside, planOperatorMove } from './operator-move-plan.ts';
import type { Boxes } from './scene.ts';
import type { OperatorNode, Scene, SceneNode } from './scene-types.ts';
import { after, isUnwired, planSplit } from './split-plan.ts';

/** What dragged operators would go into if they were let go here. */
export interface DropTargets {
  readonly service: string | null;
  readonly wire: string | null;
}

interface Drop {
  readonly design: Design;
  readonly scene: Scene;
  readonly boxes: Boxes;
  /** What was dragged, where it was let go. */
  readonly nodes: readonly SceneNode[];
  readonly into: DropTargets;
}

export interface DropPlan {
  readonly commands: readonly SingleCommand[];
  /** What a person should know of it; null when it is plain to see. */
  readonly said: { readonly title: string; readonly text?: string } | null;
  /** Why the line under it was left as it is. */
  readonly refusal: string | null;
}

/**
 * What letting go does: moves on the canvas, moves into another service, and putting an operator into a line.
 */
export function planDrop({ design, scene, boxes, nodes, into }: Drop): DropPlan {
  const target = into.service === null ? undefined : indexDesign(design).services.get(into.service);
  const going = target === undefined ? [] : nodes.filter(isOperator);
  const staying = nodes.filter((node) => !going.some(({ id }) => id === node.id));
  const move =
    target === undefined
      ? { commands: [], cut: 0 }
      : planOperatorMove(
          design,
          going.map((node) => placeIn(scene, node, target.id)),
          target,
        );
  const moves: readonly SingleCommand[] = [
    ...(staying.length === 0 ? [] : [{ do: 'moveNodes' as const, nodes: staying.map(boxOf) }]),
    ...move.commands,
  ];
  const moved = into.wire === null ? null : after(design, moves);
  const split =
    moved === null || into.wire === null ? null : planSplit(moved, boxes, into.wire, nodes[0]?.id ?? '');
  return {
    commands: [...moves, ...(split?.ok === true ? split.value : [])],
    said: target === undefined || move.commands.length === 0 ? null : moveWords(going, target.name, move.cut),
    refusal: split?.ok === false ? split.error : null,
  };
}

/** What is under the pointer that dragged operators could go into. */
export function dropTargetsAt(
  design: Design,
  scene: Scene,
  operators: readonly OperatorNode[],
  at: Place,
  wire: string | null,
): DropTargets {
  const [only, ...others] = operators;
  const placed = indexDesign(design).operators.get(only?.id ?? '');
  const isLoose =
    others.length === 0 && placed !== undefined && isUnwired(placed.service, placed.operator.id);
  return { service: otherServiceAt(scene, operators, at), wire: isLoose ? wire : null };
}

export function isOperator(node: SceneNode): node is OperatorNode {
  return node.type === 'operator';
}

function moveWords(going: readonly OperatorNode[], target: string, cut: number) {
  const [only, ...others] = going;
  const what =
    only === undefined || others.length > 0
      ? counted(going.length, 'operator')
      : `“${only.data.operator.name}”`;
  const lost = `${counted(cut, 'line')} to what stays behind had to go: services meet in topics only.`;
  return { title: `Moved ${what} into ${target}`, ...(cut === 0 ? {} : { text: lost }) };
}

/** The service under the pointer, when it is none that the operators come from. */
function otherServiceAt(scene: Scene, operators: readonly OperatorNode[], at: Place): string | null {
  const homes = new Set(operators.map(({ parentId }) => parentId));
  const holds = ({ position, width = 0, height = 0 }: SceneNode) =>
    at.x >= position.x && at.x <= position.x + width && at.y >= position.y && at.y <= position.y + height;
  const under = scene.nodes.filter((node) => node.type === 'service' && holds(node));
  return under.some(({ id }) => homes.has(id)) ? null : (under.at(-1)?.id ?? null);
}

function placeIn(scene: Scene, node: SceneNode, target: string): PlacedId {
  const find = (id: string | undefined) => scene.nodes.find((each) => each.id === id)?.position;
  const home = find(node.parentId) ?? { x: 0, y: 0 };
  const there = find(target) ?? { x: 0, y: 0 };
  const box = placeInside({
    x: home.x + node.position.x - there.x,
    y: home.y + node.position.y - there.y,
  });
  return { id: node.id, box };
}

/** Where a node stands now; a moved box keeps the size that was given to it. */
function boxOf(node: SceneNode): PlacedId {
  const { id, type, position, width, height } = node;
  const sized = type === 'service' || type === 'note';
  const size = sized && width !== undefined && height !== undefined ? { width, height } : {};
  const place = type === 'operator' ? placeInside(position) : position;
  return { id, box: { ...size, x: place.x, y: place.y } };
}
