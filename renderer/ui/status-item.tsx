import type { ReactNode } from 'react';
import css from './status-item.module.css';

interface StatusItemProps {
  readonly label?: string;
  readonly title?: string;
  readonly onPress?: (() => void) | undefined;
  readonly children: ReactNode;
}

/** One slot of the status bar; a button when it leads somewhere. */
export function StatusItem({ label, title, onPress, children }: StatusItemProps) {
  return onPress === undefined ? (
    <span className={css.item} title={title}>
      {children}
    </span>
  ) : (
    <button type="button" className={css.item} aria-label={label} title={title} onClick={onPress}>
      {children}
    </button>
  );
}
