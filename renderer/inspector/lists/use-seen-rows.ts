import { type RefObject, useCallback, useRef, useState } from 'react';

interface SeenRows<R> {
  /** The rows as they stand on screen; set it when they are known. */
  readonly seen: RefObject<readonly R[]>;
  readonly onSeen: (first: number, last: number) => void;
  /** Of rows not yet ordered: those that are on screen now. */
  readonly wanted: (rows: readonly R[]) => readonly R[];
}

/** Which rows of a list are on screen, in steps, so that a scroll does not ask anew with every row. */
export function useSeenRows<R>(): SeenRows<R> {
  const seen = useRef<readonly R[]>([]);
  const [[first, last], setRange] = useState<readonly [number, number]>([0, 47]);
  const onSeen = useCallback((from: number, to: number) => {
    const range = [from - (from % 16), to + 15 - (to % 16)] as const;
    setRange((before) => (before[0] === range[0] && before[1] === range[1] ? before : range));
  }, []);
  const wanted = (rows: readonly R[]) => {
    const shown = seen.current.length === rows.length ? seen.current : rows;
    return shown.slice(first, last + 1);
  };
  return { seen, onSeen, wanted };
}
