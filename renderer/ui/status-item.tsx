import type { ReactNode } from 'react';
import css from './status-item.module.css';

interface StatusItemProps {
  /** Read out before and after what is seen. */
  readonly before?: string;
  readonly after?: string;
  readonly title?: string;
  readonly onPress?: (() => void) | undefined;
  readonly children: ReactNode;
}

/** One slot of the status bar; a button when it leads somewhere. */
export function StatusItem({ before, after, title, onPress, children }: StatusItemProps) {
  return onPress === undefined ? (
    <span className={css.item} title={title}>
      {children}
    </span>
  ) : (
    <button type="button" className={css.item} title={title} onClick={onPress}>
      {before === undefined ? null : <span className="visually-hidden">{before} </span>}
      {children}
      {after === undefined ? null : <span className="visually-hidden"> {after}</span>}
    </button>
  );
}
