import { useEffect, useState } from 'react';
import { useWindowState } from '../store/window-context.tsx';

/** The time on the cluster's clock, renewed every so often: the sandbox has a clock of its own. */
export function useNow(everyMs: number): number {
  const virtual = useWindowState(({ connection: { virtualTime } }) =>
    virtualTime === null ? null : virtualTime - (virtualTime % everyMs),
  );
  const [real, setReal] = useState(Date.now);
  const isReal = virtual === null;
  useEffect(() => {
    if (!isReal) {
      return;
    }
    const timer = setInterval(() => setReal(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [isReal, everyMs]);
  return virtual ?? real;
}
