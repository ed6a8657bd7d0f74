import { type KeyboardEvent, type ReactNode, useId } from 'react';
import { classNames } from './class-names.ts';
import css from './tabs.module.css';

export interface TabItem {
  readonly id: string;
  readonly title: string;
  readonly mark?: ReactNode;
}

interface TabsProps {
  readonly label: string;
  readonly tabs: readonly TabItem[];
  readonly selected: string;
  readonly onSelect: (id: string) => void;
  readonly end?: ReactNode;
  readonly children: ReactNode;
}

/** A strip of tabs over one panel. Arrow keys move along the strip. */
export function Tabs({ label, tabs, selected, onSelect, end, children }: TabsProps) {
  const base = useId();
  return (
    <div className={css.tabs}>
      <div className={css.strip}>
        <div
          role="tablist"
          aria-label={label}
          className={css.list}
          onKeyDown={(event) => moveAlong(event, tabs, selected, onSelect)}
        >
          {tabs.map((tab) => (
            <button
              key={tab.id}
              type="button"
              role="tab"
              id={`${base}-${tab.id}`}
              aria-selected={tab.id === selected}
              aria-controls={`${base}-panel`}
              tabIndex={tab.id === selected ? 0 : -1}
              className={classNames(css.tab, tab.id === selected && css.on)}
              onClick={() => onSelect(tab.id)}
            >
              {tab.title}
              {tab.mark}
            </button>
          ))}
        </div>
        <div className={css.end}>{end}</div>
      </div>
      <div role="tabpanel" id={`${base}-panel`} aria-labelledby={`${base}-${selected}`} className={css.panel}>
        {children}
      </div>
    </div>
  );
}

function moveAlong(
  event: KeyboardEvent<HTMLDivElement>,
  tabs: readonly TabItem[],
  selected: string,
  onSelect: (id: string) => void,
): void {
  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
  if (step === 0) {
    return;
  }
  const at = tabs.findIndex((tab) => tab.id === selected);
  const next = tabs[(at + step + tabs.length) % tabs.length];
  if (next === undefined) {
    return;
  }
  event.preventDefault();
  onSelect(next.id);
  const buttons = event.currentTarget.querySelectorAll<HTMLButtonElement>('[role="tab"]');
  buttons[tabs.indexOf(next)]?.focus();
}
