import type { ReactNode } from 'react';
import css from './panel-header.module.css';

interface PanelHeaderProps {
  readonly title: string;
  readonly icon?: ReactNode;
  readonly end?: ReactNode;
}

/** The one line at the top of a side panel. */
export function PanelHeader({ title, icon, end }: PanelHeaderProps) {
  return (
    <header className={css.header}>
      {icon === undefined ? null : <span className={css.icon}>{icon}</span>}
      <h2 className={css.title}>{title}</h2>
      <div className={css.end}>{end}</div>
    </header>
  );
}
