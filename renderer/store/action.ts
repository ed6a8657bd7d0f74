import type { MillstreamWindow } from './millstream-window.ts';
import type { WindowState } from './window-state.ts';

/** Something a person can do: the command palette lists it, and its keys run it. */
export interface Action {
  readonly id: string;
  /** A verb first, in sentence case. */
  readonly title: string;
  readonly group: string;
  /** Keys joined by `+`, `mod` being Ctrl or Cmd: `mod+shift+z`. */
  readonly keys?: string;
  /** Keys also work while a text field has the focus. */
  readonly inFields?: boolean;
  /** Absent: always. */
  readonly when?: (state: WindowState) => boolean;
  readonly run: (window: MillstreamWindow) => void;
}
