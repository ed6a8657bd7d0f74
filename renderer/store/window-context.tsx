import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { LiveFigure } from './live-cells.ts';
import type { MillstreamWindow } from './millstream-window.ts';
import type { WindowState } from './window-state.ts';

const WindowContext = createContext<MillstreamWindow | null>(null);

interface WindowProviderProps {
  readonly window: MillstreamWindow;
  readonly children: ReactNode;
}

export function WindowProvider({ window, children }: WindowProviderProps) {
  return <WindowContext value={window}>{children}</WindowContext>;
}

/** The window this component is in: its store, its edits, its host. */
export function useWindow(): MillstreamWindow {
  const window = useContext(WindowContext);
  if (window === null) {
    throw new Error('A component of a window is used outside WindowProvider.');
  }
  return window;
}

/** A part of the state; the component renders again when that part is another value. */
export function useWindowState<T>(select: (state: WindowState) => T): T {
  return useStore(useWindow().store, select);
}

/** Like useWindowState for a selector that makes a new array or object each time. */
export function useShallowState<T>(select: (state: WindowState) => T): T {
  return useStore(useWindow().store, useShallow(select));
}

/** The live figure of one node or edge; only this component renders again when it changes. */
export function useLiveFigure(id: string): LiveFigure | undefined {
  const { live } = useWindow();
  return useSyncExternalStore(
    (changed) => live.subscribe(id, changed),
    () => live.get(id),
  );
}
