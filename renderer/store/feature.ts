import type { ComponentType } from 'react';
import type { Action } from './action.ts';
import type { WindowState } from './window-state.ts';

export interface IconProps {
  readonly size?: number;
}

/** An entry of the activity rail. */
export interface ActivityEntry {
  readonly id: string;
  readonly title: string;
  readonly icon: ComponentType<IconProps>;
  /** The side panel while this activity is chosen; it fills the panel and brings its own header. */
  readonly SidePanel: ComponentType;
  /** At the foot of the rail, apart from the work itself. */
  readonly atFoot?: boolean;
  readonly order: number;
}

/** A tab of the bottom panel. */
export interface BottomPanelEntry {
  readonly id: string;
  readonly title: string;
  readonly order: number;
  readonly Panel: ComponentType;
  /** A count or a sign beside the title. */
  readonly Mark?: ComponentType;
}

/** A slot of the status bar. */
export interface StatusEntry {
  readonly id: string;
  readonly order: number;
  readonly side: 'start' | 'end';
  readonly Item: ComponentType;
}

/**
 * All that a part of the user interface adds to the frame. A feature is a value; `boot/features.tsx` lists
 * them.
 */
export interface Feature {
  readonly id: string;
  readonly activities?: readonly ActivityEntry[];
  readonly bottomPanels?: readonly BottomPanelEntry[];
  readonly statusItems?: readonly StatusEntry[];
  readonly actions?: readonly Action[];
  /**
   * Mounted once per window while a design is open, drawn nowhere: for subscriptions that feed the live
   * cells.
   */
  readonly Background?: ComponentType;
  /** Absent: always shown. */
  readonly when?: (state: WindowState) => boolean;
}
