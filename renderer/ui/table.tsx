// biome-ignore-all lint/a11y/useSemanticElements: rows placed one by one cannot be rows of a table
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and moves the selection
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid's arrow keys do what a click on a row does
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { classNames } from './class-names.ts';
import css from './table.module.css';

export interface Column<R> {
  readonly id: string;
  readonly title: string;
  /** A CSS grid track: `120px`, `minmax(80px, 1fr)`. */
  readonly width: string;
  readonly align?: 'start' | 'end';
  readonly mono?: boolean;
  readonly cell: (row: R) => ReactNode;
}

interface TableProps<R> {
  readonly label: string;
  readonly columns: readonly Column<R>[];
  readonly rows: readonly R[];
  readonly rowKey: (row: R) => string;
  readonly selected?: string | null;
  readonly onSelect?: (row: R) => void;
  /** What stands in the place of rows when there are none. */
  readonly empty?: ReactNode;
}

const rowHeight = 26;

/** Rows by the hundred thousand: only those on screen are in the page. Arrow keys move the selection. */
export function Table<R>({ label, columns, rows, rowKey, selected = null, onSelect, empty }: TableProps<R>) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const tracks = columns.map((column) => column.width).join(' ');
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const next = nextRow(event.key, rows, selected, rowKey);
    if (next === null || onSelect === undefined) {
      return;
    }
    event.preventDefault();
    onSelect(next.row);
    virtual.scrollToIndex(next.index);
  };
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length}
      tabIndex={0}
      className={css.table}
      onKeyDown={onKeyDown}
    >
      <div className={css.head} role="row" style={{ gridTemplateColumns: tracks }}>
        {columns.map((column) => (
          <span
            key={column.id}
            role="columnheader"
            className={classNames(css.cell, column.align === 'end' && css.end)}
          >
            {column.title}
          </span>
        ))}
      </div>
      {rows.length === 0 ? <div className={css.empty}>{empty}</div> : null}
      <div className={css.body} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return row === undefined ? null : (
            <Row
              key={rowKey(row)}
              row={row}
              columns={columns}
              tracks={tracks}
              top={item.start}
              index={item.index}
              selected={rowKey(row) === selected}
              onSelect={onSelect}
            />
          );
        })}
      </div>
    </div>
  );
}

interface RowProps<R> {
  readonly row: R;
  readonly columns: readonly Column<R>[];
  readonly tracks: string;
  readonly top: number;
  readonly index: number;
  readonly selected: boolean;
  readonly onSelect: ((row: R) => void) | undefined;
}

function Row<R>({ row, columns, tracks, top, index, selected, onSelect }: RowProps<R>) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={classNames(css.row, selected && css.selected)}
      style={{ gridTemplateColumns: tracks, transform: `translateY(${top}px)` }}
      onClick={onSelect === undefined ? undefined : () => onSelect(row)}
    >
      {columns.map((column) => (
        <span
          key={column.id}
          role="gridcell"
          className={classNames(
            css.cell,
            column.mono === true && css.mono,
            column.align === 'end' && css.end,
          )}
        >
          {column.cell(row)}
        </span>
      ))}
    </div>
  );
}

function nextRow<R>(
  key: string,
  rows: readonly R[],
  selected: string | null,
  rowKey: (row: R) => string,
): { readonly row: R; readonly index: number } | null {
  const step = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0;
  if (step === 0 || rows.length === 0) {
    return null;
  }
  const at = selected === null ? -1 : rows.findIndex((row) => rowKey(row) === selected);
  const index = Math.min(Math.max(at + step, 0), rows.length - 1);
  const row = rows[index];
  return row === undefined ? null : { row, index };
}
