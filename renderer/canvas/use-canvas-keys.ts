import { useReactFlow } from '@xyflow/react';
import { type KeyboardEvent, useCallback } from 'react';
import { useWindow } from '../store/window-context.tsx';
import type { CanvasControl } from './canvas-state.tsx';
import { grid } from './node-size.ts';
import type { SceneEdge, SceneNode } from './scene-types.ts';
import type { Run } from './use-run.ts';

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Keys while the canvas has the focus: arrows move, Enter names, Space selects, Escape steps back. */
export function useCanvasKeys(control: CanvasControl, run: Run) {
  const { view, store } = useWindow();
  const flow = useReactFlow<SceneNode, SceneEdge>();
  return useCallback(
    (event: KeyboardEvent<HTMLElement>) => {
      const node =
        event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('.react-flow__node') : null;
      const id = node?.dataset.id ?? null;
      const { selection } = store.getState().view;
      const step = steps[event.key];
      if (event.ctrlKey || event.metaKey || event.altKey) {
        return;
      }
      if (step !== undefined && selection.length > 0) {
        event.preventDefault();
        const far = event.shiftKey ? 5 : 1;
        const moved = selection.flatMap((each) => {
          const found = flow.getNode(each);
          return found === undefined || selection.includes(found.parentId ?? '')
            ? []
            : [moveBy(found, step[0] * grid * far, step[1] * grid * far)];
        });
        run(moved.length === 0 ? [] : [{ do: 'moveNodes', nodes: moved }], `keys ${selection.join()}`);
      } else if (event.key === ' ' && id !== null) {
        event.preventDefault();
        view.select([id]);
      } else if (event.key === 'Enter' && id !== null) {
        event.preventDefault();
        view.select([id]);
        control.store.setState({ renaming: id });
      } else if (event.key === 'Backspace' && selection.length > 0) {
        event.preventDefault();
        view.wishOfCanvas({ do: 'remove' });
      } else if (event.key === 'Escape' && selection.length > 0) {
        event.preventDefault();
        const parent = selection.length === 1 ? flow.getNode(selection[0] ?? '')?.parentId : undefined;
        view.select(parent === undefined ? [] : [parent]);
      }
    },
    [control, flow, run, store, view],
  );
}

function moveBy(node: SceneNode, x: number, y: number) {
  const place = { x: node.position.x + x, y: node.position.y + y };
  const sized = node.type === 'service' || node.type === 'note';
  const size =
    sized && node.width !== undefined && node.height !== undefined
      ? { width: node.width, height: node.height }
      : {};
  const kept = node.type === 'operator' ? { x: Math.max(8, place.x), y: Math.max(48, place.y) } : place;
  return { id: node.id, box: { ...size, ...kept } };
}
