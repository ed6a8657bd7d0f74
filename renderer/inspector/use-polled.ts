import { useCallback, useEffect, useState } from 'react';

export interface Polled<T> {
  /** The last answer there was, also while a later question failed. */
  readonly value: T | null;
  /** When that answer came, in milliseconds since the epoch. */
  readonly at: number | null;
  /** Why the latest question failed, in one sentence; null once one is answered. */
  readonly failure: string | null;
  readonly refresh: () => void;
}

interface Answered<T> extends Omit<Polled<T>, 'refresh'> {
  readonly of: unknown;
}

/** Asks now and again; another `ask` is another question, and its answer replaces the old one. Null asks nothing. */
export function usePolled<T>(
  ask: ((signal: AbortSignal) => Promise<T>) | null,
  everyMs: number | null,
): Polled<T> {
  const [answered, setAnswered] = useState<Answered<T>>({ of: null, value: null, at: null, failure: null });
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` asks the same question anew
  useEffect(() => {
    if (ask === null) {
      return;
    }
    const own = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const next = () => {
      if (everyMs !== null && !own.signal.aborted) {
        timer = setTimeout(() => void once(), everyMs);
      }
    };
    const once = async () => {
      try {
        const value = await ask(own.signal);
        if (!own.signal.aborted) {
          setAnswered({ of: ask, value, at: Date.now(), failure: null });
        }
      } catch (error) {
        if (!own.signal.aborted) {
          const failure = error instanceof Error ? error.message : String(error);
          setAnswered((before) =>
            before.of === ask ? { ...before, failure } : { of: ask, value: null, at: null, failure },
          );
        }
      }
      next();
    };
    void once();
    return () => {
      own.abort();
      clearTimeout(timer);
    };
  }, [ask, everyMs, turn]);
  const refresh = useCallback(() => setTurn((count) => count + 1), []);
  return answered.of === ask ? { ...answered, refresh } : { value: null, at: null, failure: null, refresh };
}
