import type { StoreApi } from 'zustand/vanilla';
import type { CanvasWish, PanelsState, ThemeChoice, ViewState, ZoomLevel } from './view-state.ts';
import type { WindowState } from './window-state.ts';

/** The ways in which the view changes. */
export interface ViewEdits {
  readonly chooseActivity: (id: string) => void;
  readonly select: (ids: readonly string[]) => void;
  readonly setZoomLevel: (level: ZoomLevel) => void;
  readonly setNarrow: (narrow: boolean) => void;
  readonly setPanels: (panels: Partial<PanelsState>) => void;
  readonly showBottomTab: (id: string) => void;
  readonly setTheme: (theme: ThemeChoice) => void;
  readonly openOverlay: (overlay: ViewState['overlayOpen']) => void;
  /** Shows a schema in the editor of schemas; null: the list only. */
  readonly showSchema: (id: string | null) => void;
  /** Selects a thing and brings it into the middle of the canvas. */
  readonly reveal: (id: string) => void;
  readonly wishOfCanvas: (wish: CanvasWish) => void;
}

export function createViewEdits(store: StoreApi<WindowState>): ViewEdits {
  let turn = 0;
  const change = (edit: (view: ViewState) => Partial<ViewState>) => {
    store.setState((state) => ({ view: { ...state.view, ...edit(state.view) } }));
  };
  const setPanels = (panels: Partial<PanelsState>) =>
    change((view) => ({ panels: { ...view.panels, ...panels } }));
  return {
    chooseActivity: (id) =>
      change((view) => ({
        activity: id,
        panels: { ...view.panels, side: view.activity === id ? !view.panels.side : true },
      })),
    select: (ids) => {
      const before = store.getState().view.selection;
      if (before.length !== ids.length || before.some((id, index) => id !== ids[index])) {
        change(() => ({ selection: ids }));
      }
    },
    setZoomLevel: (zoomLevel) => {
      if (store.getState().view.zoomLevel !== zoomLevel) {
        change(() => ({ zoomLevel }));
      }
    },
    setNarrow: (narrow) => change(() => ({ narrow })),
    setPanels,
    showBottomTab: (bottomTab) => setPanels({ bottomTab, bottom: true }),
    setTheme: (theme) => change(() => ({ theme })),
    openOverlay: (overlayOpen) => change(() => ({ overlayOpen })),
    showSchema: (schema) => {
      setPanels({ bottomTab: 'schemas', bottom: true });
      change(() => ({ schema }));
    },
    reveal: (id) => {
      turn += 1;
      const { design } = store.getState().document;
      if (design?.schemas.some((schema) => schema.id === id) === true) {
        setPanels({ bottomTab: 'schemas', bottom: true });
        change(() => ({ schema: id }));
        return;
      }
      change(() => ({ selection: [id], reveal: { id, turn } }));
    },
    wishOfCanvas: (wish) => {
      turn += 1;
      change(() => ({ canvasWish: { wish, turn } }));
    },
  };
}
