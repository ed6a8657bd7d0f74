import type { ReactNode } from 'react';
import css from './badge.module.css';
import { classNames } from './class-names.ts';

export type BadgeTone = 'plain' | 'error' | 'warning' | 'info' | 'ok' | 'accent';

interface BadgeProps {
  readonly tone?: BadgeTone;
  readonly title?: string;
  readonly mono?: boolean;
  readonly children: ReactNode;
}

/** A status: always a word or a figure, the colour only underlines it. */
export function Badge({ tone = 'plain', title, mono = false, children }: BadgeProps) {
  return (
    <span className={classNames(css.badge, css[tone], mono && css.mono)} title={title}>
      {children}
    </span>
  );
}
