import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { classNames } from '../../ui/class-names.ts';
import css from './virtual-list.module.css';

interface VirtualListProps<R> {
  readonly label: string;
  readonly rows: readonly R[];
  readonly rowKey: (row: R) => string;
  readonly rowHeight: number;
  /** The row that the arrow keys have reached. */
  readonly active: string | null;
  readonly onActive: (row: R) => void;
  readonly onOpen: (row: R) => void;
  /** Told which rows are on screen, a few more on either side included. */
  readonly onSeen?: (first: number, last: number) => void;
  readonly children: (row: R) => ReactNode;
}

/** Rows of one height by the ten thousand. Arrow keys, Page, Home and End move; Enter or a press opens. */
export function VirtualList<R>(props: VirtualListProps<R>) {
  const { label, rows, rowKey, rowHeight, active, onOpen, onSeen, children } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? -1];
  useEffect(() => onSeen?.(first, last), [onSeen, first, last]);
  const activeIndex = active === null ? -1 : rows.findIndex((row) => rowKey(row) === active);
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[activeIndex];
    if (event.key === 'Enter' && row !== undefined) {
      event.preventDefault();
      onOpen(row);
      return;
    }
    const next = nextIndex(event.key, activeIndex, rows.length, Math.max(1, last - first - 16));
    const reached = next === null ? undefined : rows[next];
    if (next !== null && reached !== undefined) {
      event.preventDefault();
      props.onActive(reached);
      virtual.scrollToIndex(next);
    }
  };
  return (
    <div
      ref={scroller}
      role="listbox"
      aria-label={label}
      aria-activedescendant={activeIndex < 0 ? undefined : `${id}-${activeIndex}`}
      tabIndex={0}
      className={css.list}
      onKeyDown={onKeyDown}
    >
      <div className={css.body} style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const row = rows[index];
          return row === undefined ? null : (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the focus and opens with Enter
            <div
              key={rowKey(row)}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === activeIndex}
              aria-posinset={index + 1}
              aria-setsize={rows.length}
              className={classNames(css.row, index === activeIndex && css.active)}
              style={{ height: rowHeight, transform: `translateY(${start}px)` }}
              onClick={() => onOpen(row)}
            >
              {children(row)}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function nextIndex(key: string, from: number, count: number, page: number): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: from + 1,
    ArrowUp: from - 1,
    PageDown: from + page,
    PageUp: from - page,
    Home: 0,
    End: count - 1,
  };
  const to = steps[key];
  return to === undefined || count === 0 ? null : Math.min(Math.max(to, 0), count - 1);
}
