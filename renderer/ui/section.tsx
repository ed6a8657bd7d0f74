import { ChevronRight } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { classNames } from './class-names.ts';
import css from './section.module.css';

interface SectionProps {
  readonly title: string;
  readonly count?: number;
  readonly startsOpen?: boolean;
  readonly end?: ReactNode;
  readonly children: ReactNode;
}

/** A titled part of a side panel that folds. */
export function Section({ title, count, startsOpen = true, end, children }: SectionProps) {
  const [open, setOpen] = useState(startsOpen);
  const id = useId();
  return (
    <section className={css.section} aria-labelledby={id}>
      <div className={css.head}>
        <h3 className={css.heading}>
          <button
            type="button"
            id={id}
            className={css.toggle}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            <ChevronRight size={13} className={classNames(css.sign, open && css.turned)} aria-hidden />
            {title}
            {count === undefined ? null : <span className={css.count}>{count}</span>}
          </button>
        </h3>
        {end}
      </div>
      {open ? <div className={css.body}>{children}</div> : null}
    </section>
  );
}
