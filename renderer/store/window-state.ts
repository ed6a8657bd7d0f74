import type { ConnectionState } from './connection-state.ts';
import type { DocumentState } from './document-state.ts';
import type { ViewState } from './view-state.ts';

/** All that one window knows, in slices by life span. Live figures are not here: see `live-cells.ts`. */
export interface WindowState {
  readonly document: DocumentState;
  readonly view: ViewState;
  readonly connection: ConnectionState;
}
