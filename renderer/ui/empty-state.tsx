import type { ReactNode } from 'react';
import css from './empty-state.module.css';

interface EmptyStateProps {
  readonly icon?: ReactNode;
  readonly title: string;
  readonly text?: ReactNode;
  readonly action?: ReactNode;
}

/** Says what would be here, why it is not, and the one thing to do. */
export function EmptyState({ icon, title, text, action }: EmptyStateProps) {
  return (
    <div className={css.empty}>
      {icon === undefined ? null : <div className={css.icon}>{icon}</div>}
      <p className={css.title}>{title}</p>
      {text === undefined ? null : <p className={css.text}>{text}</p>}
      {action === undefined ? null : <div className={css.action}>{action}</div>}
    </div>
  );
}
