import type { NodeChange, OnNodeDrag } from '@xyflow/react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useWindow, useWindowState } from '../store/window-context.tsx';
import { type Place, serviceSize } from './node-size.ts';
import { createSceneMemory } from './scene-memory.ts';
import type { OperatorNode, Scene, SceneEdge, SceneNode } from './scene-types.ts';
import type { Run } from './use-run.ts';

type Places = ReadonlyMap<string, Place>;
const nowhere: Places = new Map();

/** React Flow's nodes and edges: the scene, with what is selected, and what is being dragged where it is dragged. */
export function useFlowNodes(scene: Scene, run: Run) {
  const { view, store } = useWindow();
  const selection = useWindowState((state) => state.view.selection);
  const [dragged, setDragged] = useState<Places>(nowhere);
  const memory = useMemo(createSceneMemory, []);
  const selected = useMemo(() => new Set(selection), [selection]);

  const nodes = useMemo(() => {
    const grown = grownServices(scene, dragged);
    return scene.nodes.map((node): SceneNode => {
      const place = dragged.get(node.id) ?? node.position;
      const size = grown.get(node.id) ?? { width: node.width ?? 0, height: node.height ?? 0 };
      const isSelected = selected.has(node.id);
      if (!isSelected && place === node.position && !grown.has(node.id)) {
        return node;
      }
      const parts = [node, isSelected, place.x, place.y, size.width, size.height];
      return memory.keep<SceneNode>(node.id, parts, () => ({
        ...node,
        ...size,
        measured: size,
        position: { x: place.x, y: place.y },
        selected: isSelected,
      }));
    });
  }, [scene, dragged, selected, memory]);

  const edges = useMemo(
    () =>
      scene.edges.map((edge): SceneEdge => {
        return selected.has(edge.id)
          ? memory.keep<SceneEdge>(`edge ${edge.id}`, [edge], () => ({ ...edge, selected: true }))
          : edge;
      }),
    [scene, selected, memory],
  );

  const select = useCallback(
    (changes: readonly { readonly id: string; readonly selected: boolean }[]) => {
      const next = new Set(store.getState().view.selection);
      for (const change of changes) {
        if (change.selected) {
          next.add(change.id);
        } else {
          next.delete(change.id);
        }
      }
      view.select([...next]);
    },
    [store, view],
  );

  const onNodesChange = useCallback(
    (changes: readonly NodeChange<SceneNode>[]) => {
      const selections = changes.filter((change) => change.type === 'select');
      if (selections.length > 0) {
        select(selections);
      }
      const moves = changes.flatMap((change) =>
        change.type === 'position' && change.dragging === true && change.position !== undefined
          ? [[change.id, change.position] as const]
          : [],
      );
      if (moves.length > 0) {
        setDragged((before) => new Map([...before, ...moves]));
      }
    },
    [select],
  );

  const latest = useRef(dragged);
  latest.current = dragged;
  const finishDrag = useCallback(
    (moved: readonly SceneNode[]) => {
      const moves = moved
        .filter((node) => latest.current.has(node.id))
        .map((node) => ({ id: node.id, box: { ...sizeKept(node), x: node.position.x, y: node.position.y } }));
      setDragged(nowhere);
      run(moves.length === 0 ? [] : [{ do: 'moveNodes', nodes: moves }]);
    },
    [run],
  );

  const onDragStop: OnNodeDrag<SceneNode> = useCallback(
    (_event, _node, moved) => finishDrag(moved),
    [finishDrag],
  );
  const onSelectionDragStop = useCallback(
    (_event: unknown, moved: readonly SceneNode[]) => finishDrag(moved),
    [finishDrag],
  );
  return { nodes, edges, select, onNodesChange, onDragStop, onSelectionDragStop };
}

/** A moved box keeps the size that was given to it. */
function sizeKept(node: SceneNode): { readonly width?: number; readonly height?: number } {
  const sized = node.type === 'service' || node.type === 'note';
  return sized && node.width !== undefined && node.height !== undefined
    ? { width: node.width, height: node.height }
    : {};
}

/** Services whose operators are being dragged beyond their walls grow with them. */
function grownServices(scene: Scene, dragged: Places) {
  const services = new Set<string>();
  for (const node of scene.nodes) {
    if (node.type === 'operator' && dragged.has(node.id) && node.parentId !== undefined) {
      services.add(node.parentId);
    }
  }
  const sizes = new Map<string, { readonly width: number; readonly height: number }>();
  for (const node of scene.nodes) {
    if (services.has(node.id)) {
      const inside = scene.nodes.filter((child): child is OperatorNode => child.parentId === node.id);
      const size = { width: node.width ?? 0, height: node.height ?? 0 };
      sizes.set(
        node.id,
        serviceSize(
          size,
          inside.map((child) => ({
            ...(dragged.get(child.id) ?? child.position),
            width: child.width ?? 0,
            height: child.height ?? 0,
          })),
        ),
      );
    }
  }
  return sizes;
}
