import type { PaletteItem } from './palette-item.ts';

export type ThemeChoice = 'system' | 'dark' | 'light';
export type ZoomLevel = 'far' | 'middle' | 'near';

/** Which panels are open and how large, in pixels. */
export interface PanelsState {
  readonly side: boolean;
  readonly sideSize: number;
  /** Null: nobody has chosen, so it is open where the window has room for it. */
  readonly properties: boolean | null;
  readonly propertiesSize: number;
  readonly bottom: boolean;
  readonly bottomSize: number;
  readonly bottomTab: string;
}

/** How this window looks at the design: nothing here is part of the file. */
export interface ViewState {
  readonly activity: string;
  /** Ids of what is selected on the canvas: nodes, and edges by their canvas id. */
  readonly selection: readonly string[];
  readonly zoomLevel: ZoomLevel;
  /** The schema that is shown in the editor of schemas. */
  readonly schema: string | null;
  readonly panels: PanelsState;
  /** The window is so narrow that a third column would squeeze the drawing. */
  readonly narrow: boolean;
  readonly theme: ThemeChoice;
  readonly overlayOpen: 'actions' | 'find' | null;
  /** Asks the canvas to bring a node into the middle; `turn` makes the same request new again. */
  readonly reveal: { readonly id: string; readonly turn: number } | null;
  /** Asks the canvas for something that only it can do. */
  readonly canvasWish: { readonly wish: CanvasWish; readonly turn: number } | null;
}

type SimpleWish = 'fit' | 'zoomIn' | 'zoomOut' | 'arrange' | 'rename' | 'remove' | 'duplicate' | 'selectAll';

export type CanvasWish = { readonly do: SimpleWish } | { readonly do: 'add'; readonly item: PaletteItem };

export const startView: ViewState = {
  activity: 'design',
  selection: [],
  zoomLevel: 'middle',
  schema: null,
  panels: {
    side: true,
    sideSize: 232,
    properties: null,
    propertiesSize: 288,
    bottom: false,
    bottomSize: 220,
    bottomTab: 'problems',
  },
  narrow: false,
  theme: 'system',
  overlayOpen: null,
  reveal: null,
  canvasWish: null,
};

/** What a window remembers from one start to the next. */
export interface RememberedView {
  readonly panels: PanelsState;
  readonly theme: ThemeChoice;
}

const rememberedKey = 'millstream.view';

/** The view as it was left, over the view a first start has; a damaged memory counts as none. */
export function readRememberedView(storage: Pick<Storage, 'getItem'>): ViewState {
  const text = storage.getItem(rememberedKey);
  if (text === null) {
    return startView;
  }
  try {
    const remembered = JSON.parse(text) as Partial<RememberedView>;
    return {
      ...startView,
      panels: { ...startView.panels, ...remembered.panels },
      theme: remembered.theme ?? startView.theme,
    };
  } catch {
    return startView;
  }
}

export function writeRememberedView(storage: Pick<Storage, 'setItem'>, view: ViewState): void {
  const remembered: RememberedView = { panels: view.panels, theme: view.theme };
  storage.setItem(rememberedKey, JSON.stringify(remembered));
}
