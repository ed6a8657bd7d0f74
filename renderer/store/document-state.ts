import type { Diagnostic, Severity } from '#shared/checks/diagnostic.ts';
import type { Design } from '#shared/design/design.ts';
import type { DesignProblem } from '#shared/design/parse/design-problem.ts';

export interface OpenFile {
  readonly path: string;
  /** Null: not yet on disk. */
  readonly revision: string | null;
}

/** A file that is no design (yet): its text is kept, and can be mended and read again. */
export interface BrokenFile {
  readonly path: string;
  readonly revision: string;
  readonly text: string;
  readonly problems: readonly DesignProblem[];
}

/** The design that is open, its history, and how it stands against its file. */
export interface DocumentState {
  readonly design: Design | null;
  /** What undo and redo would take back or do again, in words; null when there is nothing. */
  readonly undoTitle: string | null;
  readonly redoTitle: string | null;
  readonly file: OpenFile | null;
  readonly dirty: boolean;
  readonly opening: string | null;
  readonly saving: boolean;
  /** The file on disk is not the one that was opened: saving would overwrite somebody's change. */
  readonly conflict: boolean;
  readonly broken: BrokenFile | null;
  /** Unsaved text of before a crash, waiting for a decision. */
  readonly recovered: string | null;
  readonly diagnostics: readonly Diagnostic[];
  /** The worst severity of each thing that has a problem. */
  readonly worstById: ReadonlyMap<string, Severity>;
}

export const noDocument: DocumentState = {
  design: null,
  undoTitle: null,
  redoTitle: null,
  file: null,
  dirty: false,
  opening: null,
  saving: false,
  conflict: false,
  broken: null,
  recovered: null,
  diagnostics: [],
  worstById: new Map(),
};
