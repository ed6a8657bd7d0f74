import { useEffect } from 'react';
import { useWindow, useWindowState } from '../store/window-context.tsx';
import { sandboxOf } from './sandbox-session.ts';

const startedWith = new WeakSet<object>();

/** Starts the sandbox when the host was asked to, and ends it with the design. */
export function SandboxStart() {
  const window = useWindow();
  const wanted = useWindowState((state) => state.connection.host?.runAtStart === 'sandbox');
  const path = useWindowState((state) => state.document.file?.path ?? null);
  useEffect(() => {
    if (wanted && !startedWith.has(window)) {
      startedWith.add(window);
      void sandboxOf(window).start();
    }
  }, [window, wanted]);
  // Another file is another design: what runs would not be what is drawn.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the path is what the clean-up depends on
  useEffect(
    () => () => {
      void sandboxOf(window).stop();
    },
    [window, path],
  );
  return null;
}
