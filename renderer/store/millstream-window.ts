import type { StoreApi } from 'zustand/vanilla';
import type { HostClient } from '#shared/contract/contract.ts';
import type { ConnectionEdits } from './connection-edits.ts';
import type { DesignEdits } from './design-edits.ts';
import type { DesignFiles } from './design-files.ts';
import type { DialogQuestions } from './dialog-questions.ts';
import type { LiveCells } from './live-cells.ts';
import type { ViewEdits } from './view-edits.ts';
import type { WindowState } from './window-state.ts';

/** What one feature may find of another: its actions, by id. Nothing more, so that features stay apart. */
interface FeatureActions {
  readonly actions?: readonly { readonly id: string; readonly run: (window: MillstreamWindow) => void }[];
}

/** One window: what it knows, how that changes, and the host it asks. */
export interface MillstreamWindow {
  readonly store: StoreApi<WindowState>;
  readonly live: LiveCells;
  readonly client: HostClient;
  readonly edits: DesignEdits;
  readonly files: DesignFiles;
  readonly view: ViewEdits;
  readonly connection: ConnectionEdits;
  readonly dialogs: DialogQuestions;
  readonly features: readonly FeatureActions[];
}
