import { emptyDesign } from '#shared/design/create.ts';
import type { Design } from '#shared/design/design.ts';
import type { WindowState } from './window-state.ts';

const noDesign = emptyDesign('');

/** The open design; an empty one while none is open, so that what shows it need not ask. */
export function selectDesign(state: WindowState): Design {
  return state.document.design ?? noDesign;
}

export function selectHasDesign(state: WindowState): boolean {
  return state.document.design !== null;
}

export function selectDesignName(state: WindowState): string {
  return state.document.design?.name ?? '';
}

/** Whether the properties show: as a person chose, otherwise where there is room. */
export function selectPropertiesOpen({ view }: WindowState): boolean {
  return view.panels.properties ?? !view.narrow;
}

export function selectIsDirty(state: WindowState): boolean {
  return state.document.dirty;
}

export function selectCanUndo(state: WindowState): boolean {
  return state.document.undoTitle !== null;
}

export function selectCanRedo(state: WindowState): boolean {
  return state.document.redoTitle !== null;
}

/** The one selected thing; null when nothing or several are selected. */
export function selectOnlySelected(state: WindowState): string | null {
  const [first, ...others] = state.view.selection;
  return first === undefined || others.length > 0 ? null : first;
}

export interface ProblemCounts {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
}

/** Makes a new object each time: use with useShallowState. */
export function selectProblemCounts({ document: { diagnostics } }: WindowState): ProblemCounts {
  const count = (severity: string) =>
    diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
  return { errors: count('error'), warnings: count('warning'), infos: count('info') };
}
