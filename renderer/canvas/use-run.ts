import { useCallback, useRef } from 'react';
import type { SingleCommand } from '#shared/design/commands/command.ts';
import { useWindow } from '../store/window-context.tsx';
import { commandProblemWords } from '../strings/command-problems.ts';
import { showToast } from '../ui/toast.tsx';
import type { CanvasBoxes } from './use-boxes.ts';

export type Run = (commands: readonly SingleCommand[], mergeKey?: string, label?: string) => boolean;

/**
 * Applies commands of a gesture on the canvas. Where the layout was worked out and is in no file yet, it is
 * kept with the first gesture, so that nothing jumps.
 */
export function useRun(boxes: CanvasBoxes): Run {
  const { edits, store } = useWindow();
  const latest = useRef(boxes);
  latest.current = boxes;
  return useCallback(
    (commands, mergeKey, label) => {
      const { design } = store.getState().document;
      if (design === null || commands.length === 0) {
        return false;
      }
      const { stored, boxes: worked } = latest.current;
      const places = Object.entries(worked).map(([id, box]) => ({ id, box }));
      const keep: readonly SingleCommand[] =
        stored || places.length === 0 ? [] : [{ do: 'arrange', nodes: places }];
      const problem = edits.apply([...keep, ...commands], mergeKey, label ?? commands[0]?.do);
      if (problem !== null) {
        showToast({ title: commandProblemWords(design, problem), tone: 'error' });
      }
      return problem === null;
    },
    [edits, store],
  );
}
