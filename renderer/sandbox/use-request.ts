import { useEffect, useRef, useState } from 'react';
import { useWindow } from '../store/window-context.tsx';
import { useSandboxView } from './use-sandbox.ts';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** How long it took, in milliseconds of real time. */
  readonly took: number;
}

interface RequestState {
  readonly waiting: boolean;
  readonly answer: Answer | null;
  readonly problem: string | null;
}

const untouched: RequestState = { waiting: false, answer: null, problem: null };

/** Sends requests to one HTTP operator of the sandbox; the last answer stays until the next request. */
export function useRequest(operator: string) {
  const { client } = useWindow();
  const cluster = useSandboxView((view) => view.cluster);
  const [state, setState] = useState<RequestState>(untouched);
  const pending = useRef<AbortController | null>(null);
  useEffect(() => () => pending.current?.abort(), []);

  const send = (params: Readonly<Record<string, string>>, body: unknown) => {
    if (cluster === null) {
      return;
    }
    const own = new AbortController();
    pending.current = own;
    const began = performance.now();
    setState((before) => ({ ...before, waiting: true, problem: null }));
    client.sandbox
      .request({ cluster, operator, params, ...(body === undefined ? {} : { body }) }, own.signal)
      .then(
        (answer) =>
          setState({ waiting: false, problem: null, answer: { ...answer, took: performance.now() - began } }),
        (error: unknown) => {
          const problem = error instanceof Error ? error.message : String(error);
          setState((before) =>
            own.signal.aborted ? { ...before, waiting: false } : { waiting: false, answer: null, problem },
          );
        },
      );
  };
  return { ...state, send, cancel: () => pending.current?.abort() };
}
