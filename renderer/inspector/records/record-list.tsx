import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown } from 'lucide-react';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { counted } from '../../strings/counts.ts';
import { Button } from '../../ui/button.tsx';
import { useNow } from '../use-now.ts';
import type { KeptRecord } from './record-buffer.ts';
import css from './record-list.module.css';
import { RecordRow } from './record-row.tsx';

const lineHeight = 24;
/** So close to the end, one is at the end. */
const nearEnd = 12;

/**
 * Records, newest at the bottom. At the end the list follows; scrolled up, it stands still while records come and
 * old ones go, and says how many have come.
 */
export function RecordList({ records }: { readonly records: readonly KeptRecord[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const [expanded, setExpanded] = useState<ReadonlySet<number>>(new Set());
  const [leftAt, setLeftAt] = useState<number | null>(null);
  const now = useNow(1_000);
  const virtual = useVirtualizer({
    count: records.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    getItemKey: (index) => records[index]?.id ?? index,
    overscan: 12,
  });
  const follows = leftAt === null;
  const newest = records.at(-1)?.id ?? 0;
  const oldest = records[0]?.id ?? 0;

  useLayoutEffect(() => {
    if (follows && newest >= 0 && scroller.current !== null) {
      scroller.current.scrollTop = scroller.current.scrollHeight;
    }
  }, [follows, newest]);

  const before = useRef(oldest);
  useLayoutEffect(() => {
    const gone = oldest - before.current;
    before.current = oldest;
    if (gone > 0 && !follows && scroller.current !== null) {
      scroller.current.scrollTop -= gone * lineHeight;
    }
  }, [oldest, follows]);

  const onScroll = () => {
    const element = scroller.current;
    if (element !== null) {
      const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight <= nearEnd;
      setLeftAt((left) => (atEnd ? null : (left ?? newest)));
    }
  };
  const [opened, setOpened] = useState<number | null>(null);
  const toggle = useCallback((id: number) => {
    setExpanded((open) => {
      const next = new Set(open);
      if (!next.delete(id)) {
        next.add(id);
      }
      return next;
    });
    setOpened(id);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was just opened is brought into view
  useLayoutEffect(() => {
    if (opened !== null && expanded.has(opened)) {
      setLeftAt((left) => left ?? newest);
      virtual.scrollToIndex(opened - oldest, { align: 'start' });
    }
    setOpened(null);
  }, [opened]);
  useEffect(() => {
    // What is gone cannot be open.
    setExpanded((open) =>
      [...open].some((id) => id < oldest) ? new Set([...open].filter((id) => id >= oldest)) : open,
    );
  }, [oldest]);

  const come = leftAt === null ? 0 : newest - leftAt;
  return (
    <div className={css.frame}>
      <div ref={scroller} className={css.scroller} onScroll={onScroll}>
        <div className={css.head} aria-hidden="true">
          <span className={css.end}>Age</span>
          <span className={css.end}>P</span>
          <span className={css.end}>Offset</span>
          <span>Key</span>
          <span>Value</span>
        </div>
        <ul aria-label="Records" className={css.body} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const kept = records[index];
            return kept === undefined ? null : (
              <li
                key={kept.id}
                ref={virtual.measureElement}
                data-index={index}
                aria-posinset={index + 1}
                aria-setsize={records.length}
                className={css.item}
                style={{ transform: `translateY(${start}px)` }}
              >
                <RecordRow kept={kept} now={now} open={expanded.has(kept.id)} onToggle={toggle} />
              </li>
            );
          })}
        </ul>
      </div>
      {follows ? null : (
        <Button
          size="sm"
          className={css.newest}
          icon={<ArrowDown size={13} aria-hidden="true" />}
          onClick={() => setLeftAt(null)}
        >
          {come === 0 ? 'Go to the newest' : `${counted(come, 'new record')}`}
        </Button>
      )}
    </div>
  );
}
