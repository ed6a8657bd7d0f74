import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { classNames } from '../../ui/class-names.ts';
import css from './facts-table.module.css';

export interface FactColumn<R> {
  readonly id: string;
  readonly title: string;
  readonly width: string;
  readonly align?: 'start' | 'end';
  /** In the narrow form: on the first line, without its title. */
  readonly lead?: boolean;
  /** Only in this form. */
  readonly only?: 'wide' | 'narrow';
  readonly cell: (row: R) => ReactNode;
  readonly hint?: (row: R) => string;
}

interface FactsTableProps<R> {
  readonly label: string;
  readonly columns: readonly FactColumn<R>[];
  readonly rows: readonly R[];
  readonly rowKey: (row: R) => string;
  /** Below this width, in pixels, each row is two lines with the titles written beside the figures. */
  readonly wideFrom: number;
}

const heights = { wide: 24, narrow: 40 } as const;

/** Figures in rows and columns; in a narrow panel the same rows on two lines. Only rows on screen are in the page. */
export function FactsTable<R>({ label, columns, rows, rowKey, wideFrom }: FactsTableProps<R>) {
  const scroller = useRef<HTMLDivElement>(null);
  const form = useForm(scroller, wideFrom);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => heights[form],
    overscan: 10,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another form has rows of another height
  useEffect(() => virtual.measure(), [virtual, form]);
  const shown = columns.filter(({ only }) => only === undefined || only === form);
  const tracks = shown.map((column) => column.width).join(' ');
  const columnStyle = form === 'wide' ? { gridTemplateColumns: tracks } : undefined;
  return (
    <section
      ref={scroller}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
      tabIndex={0}
      className={classNames(css.scroller, css[form])}
    >
      <table aria-label={label} aria-rowcount={rows.length + 1} className={css.table}>
        <thead className={css.head}>
          <tr className={css.titles} style={columnStyle}>
            {shown.map((column) => (
              <th key={column.id} scope="col" className={cellClass(column)}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className={css.body} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            const place = { transform: `translateY(${start}px)`, height: heights[form] };
            return row === undefined ? null : (
              <tr
                key={rowKey(row)}
                aria-rowindex={index + 2}
                className={css.row}
                style={{ ...place, ...columnStyle }}
              >
                {shown.map((column) => (
                  <td key={column.id} title={column.hint?.(row)} className={cellClass(column)}>
                    <span className={css.word} aria-hidden="true">
                      {column.title}{' '}
                    </span>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function cellClass<R>({ align, lead }: FactColumn<R>): string {
  return classNames(css.cell, align === 'end' && css.end, lead === true && css.lead);
}

function useForm(element: RefObject<HTMLElement | null>, wideFrom: number): 'wide' | 'narrow' {
  const [form, setForm] = useState<'wide' | 'narrow'>('narrow');
  useEffect(() => {
    if (element.current === null) {
      return;
    }
    const watcher = new ResizeObserver(([entry]) => {
      const width = entry?.contentRect.width ?? 0;
      setForm(width >= wideFrom ? 'wide' : 'narrow');
    });
    watcher.observe(element.current);
    return () => watcher.disconnect();
  }, [element, wideFrom]);
  return form;
}
