import { type RefObject, useCallback, useMemo, useRef } from 'react';
import { useWindow } from '../store/window-context.tsx';
import { failureWords } from '../strings/host-errors.ts';
import { showToast } from '../ui/toast.tsx';
import { arrangeDesign } from './arrange/arrange-design.ts';
import { layOutInWorker } from './arrange/elk-layout.ts';
import { type CanvasControl, createCanvasStore } from './canvas-state.tsx';
import { planRemoval } from './removal-plan.ts';
import { planRename } from './rename-plan.ts';
import type { SceneEdge } from './scene-types.ts';
import type { Run } from './use-run.ts';

export function useControl(
  run: Run,
  nameFresh: RefObject<(id: string, name: string) => boolean>,
  resized: RefObject<CanvasControl['resize']>,
): CanvasControl {
  const { store } = useWindow();
  return useMemo(
    () => ({
      store: createCanvasStore(),
      rename: (id, name) => {
        const { design } = store.getState().document;
        if (design !== null && !nameFresh.current(id, name)) {
          run(planRename(design, id, name));
        }
      },
      resize: (id, size) => resized.current(id, size),
    }),
    [run, store, nameFresh, resized],
  );
}

export function useRemoval(edges: readonly SceneEdge[], run: Run): () => void {
  const { store } = useWindow();
  const latest = useRef(edges);
  latest.current = edges;
  return useCallback(() => {
    const { document: open, view } = store.getState();
    if (open.design === null) {
      return;
    }
    const selected = new Set(view.selection);
    const lines = latest.current.flatMap((edge) =>
      selected.has(edge.id) && edge.data !== undefined ? [edge.data.meaning] : [],
    );
    run(
      planRemoval(
        open.design,
        view.selection.filter((id) => !id.includes(':')),
        lines,
      ),
    );
  }, [run, store]);
}

export function useArrange(run: Run, fit: () => void): () => void {
  const { store } = useWindow();
  return useCallback(() => {
    const { design } = store.getState().document;
    if (design === null) {
      return;
    }
    arrangeDesign(design, layOutInWorker)
      .then((boxes) => {
        const same = store.getState().document.design === design;
        if (
          same &&
          run([{ do: 'arrange', nodes: Object.entries(boxes).map(([id, box]) => ({ id, box })) }])
        ) {
          requestAnimationFrame(fit);
        }
      })
      .catch((error: unknown) => showToast({ ...failureWords('Arranging', error), tone: 'error' }));
  }, [fit, run, store]);
}
