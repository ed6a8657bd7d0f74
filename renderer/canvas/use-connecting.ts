import type { Connection, FinalConnectionState, OnConnectStartParams } from '@xyflow/react';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useWindow } from '../store/window-context.tsx';
import { showToast } from '../ui/toast.tsx';
import type { CanvasControl, Verdict } from './canvas-state.tsx';
import type { LineEnd } from './connection-ends.ts';
import { planConnection } from './connection-plan.ts';
import type { Boxes } from './scene.ts';
import type { SceneEdge } from './scene-types.ts';
import type { Run } from './use-run.ts';

/** Drawing a line from one node to another: what fits, what it would do, and doing it. */
export function useConnecting(boxes: Boxes, control: CanvasControl, run: Run) {
  const { store } = useWindow();
  const latestBoxes = useRef(boxes);
  latestBoxes.current = boxes;
  const started = useRef<OnConnectStartParams | null>(null);
  const stopWatching = useRef<() => void>(() => undefined);
  useEffect(() => () => stopWatching.current(), []);

  const plan = useCallback(
    (from: LineEnd, to: LineEnd) => {
      const { design } = store.getState().document;
      return design === null ? null : planConnection(design, latestBoxes.current, from, to);
    },
    [store],
  );
  const connect = useCallback(
    (from: LineEnd, to: LineEnd) => {
      const planned = plan(from, to);
      if (planned?.ok === true) {
        run(planned.value.commands);
      } else if (planned !== null) {
        showToast({ title: planned.error });
      }
    },
    [plan, run],
  );

  return useMemo(() => {
    const ends = (params: OnConnectStartParams, node: string, handle: string | null): [LineEnd, LineEnd] => {
      const here: LineEnd = { node: params.nodeId ?? '', handle: params.handleId };
      const there: LineEnd = { node, handle };
      return params.handleType === 'target' ? [there, here] : [here, there];
    };
    return {
      isValidConnection: (line: Connection | SceneEdge) =>
        plan(
          { node: line.source, handle: line.sourceHandle ?? null },
          { node: line.target, handle: line.targetHandle ?? null },
        )?.ok === true,
      onConnect: (line: Connection) =>
        connect(
          { node: line.source, handle: line.sourceHandle },
          { node: line.target, handle: line.targetHandle },
        ),
      onConnectStart: (_event: unknown, params: OnConnectStartParams) => {
        started.current = params;
        const verdicts = new Map<string, Verdict>();
        for (const id of connectableIds(store.getState().document.design)) {
          const planned = plan(...ends(params, id, null));
          if (planned !== null) {
            verdicts.set(
              id,
              planned.ok ? { fits: true, words: planned.value.words } : { fits: false, words: planned.error },
            );
          }
        }
        control.store.setState({ verdicts, from: params.nodeId, over: null });
        stopWatching.current = watchPointer((over) => control.store.setState({ over }));
      },
      onConnectEnd: (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
        stopWatching.current();
        control.store.setState({ verdicts: null, from: null, over: null });
        const params = started.current;
        started.current = null;
        const node = nodeAt(event);
        if (params === null || state.isValid === true || node === null || node === params.nodeId) {
          return;
        }
        connect(...ends(params, node, state.toHandle?.nodeId === node ? (state.toHandle.id ?? null) : null));
      },
    };
  }, [connect, plan, control, store]);
}

function connectableIds(design: ReturnType<typeof designOf>): readonly string[] {
  if (design === null) {
    return [];
  }
  return [
    ...design.topics.map(({ id }) => id),
    ...design.services.flatMap(({ id, operators }) => [id, ...operators.map((operator) => operator.id)]),
    ...design.externals.map(({ id }) => id),
  ];
}

function designOf(window: ReturnType<typeof useWindow>) {
  return window.store.getState().document.design;
}

/** Tells the node under the pointer, when it becomes another one. */
function watchPointer(over: (id: string | null) => void): () => void {
  let last: string | null = null;
  const onMove = (event: PointerEvent) => {
    const id = nodeAt(event);
    if (id !== last) {
      last = id;
      over(id);
    }
  };
  document.addEventListener('pointermove', onMove);
  return () => document.removeEventListener('pointermove', onMove);
}

function nodeAt(event: MouseEvent | TouchEvent): string | null {
  const point = 'changedTouches' in event ? event.changedTouches[0] : event;
  if (point === undefined) {
    return null;
  }
  const element = document.elementFromPoint(point.clientX, point.clientY);
  return element?.closest<HTMLElement>('.react-flow__node')?.dataset.id ?? null;
}
