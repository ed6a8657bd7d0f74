import { useStore } from 'zustand';
import { useWindow, useWindowState } from '../store/window-context.tsx';
import { type InspectorSession, type InspectorView, inspectorOf } from './inspector-session.ts';

export function useInspector(): InspectorSession {
  return inspectorOf(useWindow());
}

export function useInspectorView<T>(select: (view: InspectorView) => T): T {
  return useStore(useInspector().view, select);
}

/** The handle of the cluster in view; null while there is none. */
export function useClusterHandle(): string | null {
  return useWindowState((state) => state.connection.cluster?.cluster ?? null);
}
