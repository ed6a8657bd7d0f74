import { useEffect } from 'react';
import { useWindow, useWindowState } from '../store/window-context.tsx';
import { connectionOf } from './cluster-connection.ts';

const checkEveryMs = 5_000;
const startedWith = new WeakSet<object>();

/** Connects to the cluster that the host was started with, and asks the connected one whether it is still there. */
export function ConnectionWatch() {
  const window = useWindow();
  const host = useWindowState((state) => state.connection.host);
  useEffect(() => {
    const wanted = host?.runAtStart;
    if (typeof wanted === 'object' && wanted !== null && !startedWith.has(window)) {
      startedWith.add(window);
      void connectionOf(window).connect(wanted.bootstrap);
    }
  }, [window, host]);
  useEffect(() => {
    let asking = false;
    const timer = setInterval(() => {
      if (!asking) {
        asking = true;
        void connectionOf(window)
          .check()
          .finally(() => {
            asking = false;
          });
      }
    }, checkEveryMs);
    return () => clearInterval(timer);
  }, [window]);
  return null;
}
