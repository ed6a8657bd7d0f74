import type { NodeChange } from '@xyflow/react';
import { useCallback, useMemo } from 'react';
import { useWindow, useWindowState } from '../store/window-context.tsx';
import { type Place, type Size, serviceSize } from './node-size.ts';
import { createSceneMemory } from './scene-memory.ts';
import type { OperatorNode, Scene, SceneEdge, SceneNode } from './scene-types.ts';

type Places = ReadonlyMap<string, Place>;

/** What the pointer does at the moment. */
interface Gesture {
  readonly dragged: Places;
  readonly resized: ReadonlyMap<string, Size>;
  readonly leaving: boolean;
  readonly note: (changes: readonly NodeChange<SceneNode>[]) => void;
}

/**
 * React Flow's nodes and edges: the scene, with what is selected, and what is being dragged where it is
 * dragged.
 */
export function useFlowNodes(scene: Scene, { dragged, resized, leaving, note }: Gesture) {
  const { view, store } = useWindow();
  const selection = useWindowState((state) => state.view.selection);
  const memory = useMemo(createSceneMemory, []);
  const selected = useMemo(() => new Set(selection), [selection]);

  const nodes = useMemo(() => {
    const grown = grownBoxes(scene, dragged, resized, leaving);
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
  }, [scene, dragged, resized, leaving, selected, memory]);

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
      note(changes);
    },
    [select, note],
  );
  return { nodes, edges, select, onNodesChange };
}

/**
 * What is as large as it is being made; services whose operators are dragged beyond their walls grow with
 * them.
 */
function grownBoxes(
  scene: Scene,
  dragged: Places,
  resized: ReadonlyMap<string, Size>,
  leaving: boolean,
): ReadonlyMap<string, Size> {
  const sizes = new Map<string, Size>(resized);
  // An operator on its way into another service is beyond its walls because it leaves.
  if (leaving) {
    return sizes;
  }
  const services = new Set<string>();
  for (const node of scene.nodes) {
    if (node.type === 'operator' && dragged.has(node.id) && node.parentId !== undefined) {
      services.add(node.parentId);
    }
  }
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
