import type { StatusEntry } from '../store/feature.ts';
import css from './status-bar.module.css';

/** The one line at the bottom: what is open, what is wrong, what it is connected to. */
export function StatusBar({ items }: { readonly items: readonly StatusEntry[] }) {
  return (
    <section className={css.bar} aria-label="Status" data-part="status">
      <Side items={items} side="start" />
      <span className={css.gap} />
      <Side items={items} side="end" />
    </section>
  );
}

function Side({ items, side }: { readonly items: readonly StatusEntry[]; readonly side: 'start' | 'end' }) {
  return items.filter((item) => item.side === side).map(({ id, Item }) => <Item key={id} />);
}
