import type { StoreApi } from 'zustand/vanilla';
import type { Fix } from '#shared/checks/fix.ts';
import { applyCommand } from '#shared/design/commands/apply-command.ts';
import type { Command, SingleCommand } from '#shared/design/commands/command.ts';
import type { CommandProblem } from '#shared/design/commands/command-problem.ts';
import type { Design } from '#shared/design/design.ts';
import {
  createHistory,
  type History,
  type HistoryStep,
  isDirty,
  markSaved,
  recordStep,
  redo,
  undo,
} from '#shared/design/history.ts';
import type { DocumentState } from './document-state.ts';
import type { WindowState } from './window-state.ts';

/** The one way in which a design changes: by commands, each of which can be undone. */
export interface DesignEdits {
  /** Shows a design that was opened or made, with an empty history. `saved`: it is on disk as it is. */
  readonly load: (design: Design, saved: boolean) => void;
  readonly unload: () => void;
  /**
   * Applies commands as one step. Steps in a row with the same `mergeKey` become one. The answer is null when
   * all is well, otherwise why nothing was changed. `label` names the step for undo; without it the first
   * command does.
   */
  readonly apply: (
    commands: readonly SingleCommand[],
    mergeKey?: string,
    label?: string,
  ) => CommandProblem | null;
  readonly applyFix: (fix: Fix) => CommandProblem | null;
  readonly undo: () => void;
  readonly redo: () => void;
  /** The design of now is what the file holds. */
  readonly noteSaved: () => void;
}

export function createDesignEdits(store: StoreApi<WindowState>): DesignEdits {
  let history: History = createHistory();
  const set = (document: Partial<DocumentState>) =>
    store.setState((state) => ({ document: { ...state.document, ...document } }));
  const show = (design: Design, next: History) => {
    history = next;
    set({
      design,
      dirty: isDirty(next),
      undoTitle: next.past.at(-1)?.label ?? null,
      redoTitle: next.future[0]?.label ?? null,
    });
  };
  const step = (move: (history: History, design: Design) => HistoryStep | null) => {
    const { design } = store.getState().document;
    const moved = design === null ? null : move(history, design);
    if (moved !== null) {
      show(moved.design, moved.history);
      dropGoneFromSelection(store, moved.design);
    }
  };
  const apply: DesignEdits['apply'] = (commands, mergeKey, label) => {
    const { design } = store.getState().document;
    const [first] = commands;
    if (design === null || first === undefined) {
      return null;
    }
    const command: Command = commands.length === 1 ? first : { do: 'batch', commands: [...commands] };
    const applied = applyCommand(design, command);
    if (!applied.ok) {
      return applied.error;
    }
    const { patches, inverse } = applied.value;
    const entry = {
      label: label ?? first.do,
      patches,
      inverse,
      mergeKey: mergeKey ?? null,
      at: Date.now(),
    };
    show(applied.value.design, recordStep(history, entry));
    dropGoneFromSelection(store, applied.value.design);
    return null;
  };
  return {
    load: (design, saved) => show(design, { ...createHistory(), savedAt: saved ? 0 : null }),
    unload: () => {
      history = createHistory();
      set({ design: null, undoTitle: null, redoTitle: null, dirty: false });
    },
    apply,
    applyFix: (fix) =>
      apply(fix.commands.flatMap((command) => (command.do === 'batch' ? command.commands : [command]))),
    undo: () => step(undo),
    redo: () => step(redo),
    noteSaved: () => {
      history = markSaved(history);
      set({ dirty: false });
    },
  };
}

/** What is gone cannot stay selected. Edges go by ids of their own and are looked after by the canvas. */
function dropGoneFromSelection(store: StoreApi<WindowState>, design: Design): void {
  const { selection } = store.getState().view;
  const ids = new Set(
    [design.topics, design.services, design.externals, design.notes, design.schemas]
      .flat()
      .map((thing) => thing.id),
  );
  for (const service of design.services) {
    for (const operator of service.operators) {
      ids.add(operator.id);
    }
  }
  const kept = selection.filter((id) => ids.has(id) || id.includes(':'));
  if (kept.length !== selection.length) {
    store.setState((state) => ({ view: { ...state.view, selection: kept } }));
  }
}
