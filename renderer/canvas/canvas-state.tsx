import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import css from './canvas-state.module.css';
import type { Size } from './node-size.ts';

/** Whether a line that is being drawn may end at a node, and in words what it would do, or why it may not. */
export interface Verdict {
  readonly fits: boolean;
  readonly words: string;
}

/** What the canvas knows for the length of a gesture. */
export interface CanvasState {
  /** Null while no line is being drawn. */
  readonly verdicts: ReadonlyMap<string, Verdict> | null;
  /** The node the line starts at. */
  readonly from: string | null;
  /** The node under the pointer while a line is drawn. */
  readonly over: string | null;
  /** The service that something dragged from the palette would go into. */
  readonly dropInto: string | null;
  /** The wire that an operator would be put into. */
  readonly dropOnto: string | null;
  /** The node whose name is being edited in place. */
  readonly renaming: string | null;
}

export interface CanvasControl {
  readonly store: StoreApi<CanvasState>;
  readonly rename: (id: string, name: string) => void;
  /** The border of a box was let go. */
  readonly resize: (id: string, size: Size) => void;
}

const atRest: CanvasState = {
  verdicts: null,
  from: null,
  over: null,
  dropInto: null,
  dropOnto: null,
  renaming: null,
};

export function createCanvasStore(): StoreApi<CanvasState> {
  return createStore<CanvasState>(() => atRest);
}

const CanvasContext = createContext<CanvasControl | null>(null);

export const CanvasControlProvider = CanvasContext.Provider;

export function useCanvasControl(): CanvasControl {
  const control = useContext(CanvasContext);
  if (control === null) {
    throw new Error('A part of the canvas is used outside CanvasControlProvider.');
  }
  return control;
}

/** The class of a node while a line is drawn: it glows when the line may end there, and fades when not. */
export function useNodeStanding(id: string): string | undefined {
  return useStore(useCanvasControl().store, (state) => {
    if (state.dropInto === id) {
      return css.fits;
    }
    if (state.verdicts === null || state.from === id) {
      return undefined;
    }
    return state.verdicts.get(id)?.fits === true ? css.fits : css.fades;
  });
}
