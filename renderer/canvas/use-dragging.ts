import { type NodeChange, useReactFlow } from '@xyflow/react';
import { useCallback, useRef, useState } from 'react';
import { useWindow } from '../store/window-context.tsx';
import { showToast } from '../ui/toast.tsx';
import type { CanvasControl } from './canvas-state.tsx';
import { dropTargetsAt, isOperator, planDrop } from './drop-plan.ts';
import type { Place, Size } from './node-size.ts';
import type { Boxes } from './scene.ts';
import type { Scene, SceneEdge, SceneNode } from './scene-types.ts';
import { clientPlace, wireAt } from './under-pointer.ts';
import type { Run } from './use-run.ts';

const changedSince = 'The design was changed since. Take back step by step with Undo in the bar.';
const nowhere: ReadonlyMap<string, Place> = new Map();

interface DraggingOptions {
  readonly scene: Scene;
  readonly boxes: Boxes;
  readonly control: CanvasControl;
  readonly run: Run;
}

/** What is being dragged, where it is at the moment, and what is done when it is let go. */
export function useDragging({ scene, boxes, control, run }: DraggingOptions) {
  const { store, edits } = useWindow();
  const flow = useReactFlow<SceneNode, SceneEdge>();
  const [dragged, setDragged] = useState(nowhere);
  const [leaving, setLeaving] = useState(false);
  const latest = useRef({ scene, boxes, dragged });
  latest.current = { scene, boxes, dragged };

  const noteMoves = useCallback((changes: readonly NodeChange<SceneNode>[]) => {
    const moves = changes.flatMap((change) =>
      change.type === 'position' && change.dragging === true && change.position !== undefined
        ? [[change.id, change.position] as const]
        : [],
    );
    if (moves.length > 0) {
      setDragged((before) => new Map([...before, ...moves]));
    }
  }, []);

  const drag = useCallback(
    (event: unknown, moved: readonly SceneNode[]) => {
      const at = clientPlace(event);
      const operators = moved.filter(isOperator);
      const { design } = store.getState().document;
      if (at === null || design === null || operators.length === 0) {
        return;
      }
      const place = flow.screenToFlowPosition(at);
      const { service, wire } = dropTargetsAt(design, latest.current.scene, operators, place, wireAt(at));
      setLeaving(service !== null);
      const before = control.store.getState();
      if (before.dropInto !== service || before.dropOnto !== wire) {
        control.store.setState({ dropInto: service, dropOnto: wire });
      }
    },
    [control, flow, store],
  );

  const drop = useCallback(
    (moved: readonly SceneNode[]) => {
      const { dropInto, dropOnto } = control.store.getState();
      const { dragged: places, ...drawn } = latest.current;
      control.store.setState({ dropInto: null, dropOnto: null });
      setDragged(nowhere);
      setLeaving(false);
      const { design } = store.getState().document;
      const nodes = moved.filter((node) => places.has(node.id));
      if (design === null || nodes.length === 0) {
        return;
      }
      const plan = planDrop({ design, ...drawn, nodes, into: { service: dropInto, wire: dropOnto } });
      if (!run(plan.commands, undefined, plan.said === null ? undefined : 'moveNodes')) {
        return;
      }
      if (plan.said !== null) {
        const made = store.getState().document.design;
        const undo = () =>
          store.getState().document.design === made ? edits.undo() : showToast({ title: changedSince });
        showToast({ ...plan.said, action: { label: 'Undo', run: undo } });
      }
      if (plan.refusal !== null) {
        showToast({ title: plan.refusal });
      }
    },
    [control, edits, run, store],
  );

  return { dragged, leaving, noteMoves, drag, drop };
}

const asDrawn: ReadonlyMap<string, Size> = new Map();

/** What is being resized, how large it is at the moment, and what is done when its border is let go. */
export function useResizing(scene: Scene, run: Run) {
  const [resized, setResized] = useState(asDrawn);
  const latest = useRef(scene);
  latest.current = scene;
  const noteSizes = useCallback((changes: readonly NodeChange<SceneNode>[]) => {
    for (const change of changes) {
      const { id, size } =
        change.type === 'dimensions' && change.resizing === true
          ? { id: change.id, size: change.dimensions }
          : { id: '', size: undefined };
      if (size !== undefined) {
        setResized((before) => new Map([...before, [id, size]]));
      }
    }
  }, []);
  const finishResize = useCallback(
    (id: string, { width, height }: Size) => {
      setResized(asDrawn);
      const node = latest.current.nodes.find((each) => each.id === id);
      if (node !== undefined && (node.width !== width || node.height !== height)) {
        run([{ do: 'moveNodes', nodes: [{ id, box: { ...node.position, width, height } }] }]);
      }
    },
    [run],
  );
  return { resized, noteSizes, finishResize };
}
