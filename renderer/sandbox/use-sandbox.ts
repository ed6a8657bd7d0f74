import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { useWindow } from '../store/window-context.tsx';
import { type SandboxSession, type SandboxView, sandboxOf } from './sandbox-session.ts';

export function useSandbox(): SandboxSession {
  return sandboxOf(useWindow());
}

/** A part of what is known of the sandbox; a new array or object counts as new only when its parts are. */
export function useSandboxView<T>(select: (view: SandboxView) => T): T {
  return useStore(useSandbox().view, useShallow(select));
}
