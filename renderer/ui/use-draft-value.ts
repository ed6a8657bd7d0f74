import { useEffect, useRef, useState } from 'react';

interface DraftValue {
  readonly text: string;
  readonly onChange: (text: string) => void;
  /** Hands over what is typed now; call it on blur and on Enter. */
  readonly flush: () => void;
}

const openDrafts = new Set<() => void>();

/** Hands over what is being typed, for an action that must not wait for the pause, such as saving. */
export function handOverDrafts(): void {
  for (const handOver of openDrafts) {
    handOver();
  }
}

/**
 * What stands in a field while it is typed in: handed over after a pause, and replaced by a new value from
 * outside.
 */
export function useDraftValue(value: string, commit: (text: string) => void, pauseMs = 400): DraftValue {
  const [text, setText] = useState(value);
  const pending = useRef<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const latestCommit = useRef(commit);
  latestCommit.current = commit;

  useEffect(() => {
    if (pending.current === null) {
      setText(value);
    }
  }, [value]);

  const flush = () => {
    clearTimeout(timer.current);
    const typed = pending.current;
    pending.current = null;
    if (typed !== null) {
      latestCommit.current(typed);
    }
  };
  const latestFlush = useRef(flush);
  latestFlush.current = flush;
  useEffect(() => {
    const handOver = () => latestFlush.current();
    openDrafts.add(handOver);
    return () => {
      openDrafts.delete(handOver);
      handOver();
    };
  }, []);

  return {
    text,
    onChange: (next) => {
      setText(next);
      pending.current = next;
      clearTimeout(timer.current);
      timer.current = setTimeout(() => latestFlush.current(), pauseMs);
    },
    flush,
  };
}
