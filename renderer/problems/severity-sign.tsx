import { CircleX, Info, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { Severity } from '#shared/checks/diagnostic.ts';
import css from './severity-sign.module.css';

const icons: Readonly<Record<Severity, LucideIcon>> = { error: CircleX, warning: TriangleAlert, info: Info };

export const severityWords: Readonly<Record<Severity, string>> = {
  error: 'Error',
  warning: 'Warning',
  info: 'Hint',
};

/** The sign of a severity; a word stands beside it. */
export function SeveritySign({
  severity,
  size = 14,
}: {
  readonly severity: Severity;
  readonly size?: number;
}) {
  const Icon = icons[severity];
  return <Icon size={size} strokeWidth={2.1} className={css[severity]} aria-hidden="true" />;
}
