import type { LiveFigure, LiveStatus } from '../../store/live-cells.ts';
import { useLiveFigure } from '../../store/window-context.tsx';
import { formatBehind, formatRate } from '../../strings/counts.ts';
import { Badge } from '../../ui/badge.tsx';
import { classNames } from '../../ui/class-names.ts';
import css from './live-marks.module.css';

/** Records a second that arrive in a topic; grey once the figure is no longer renewed. */
export function TopicRate({ id }: { readonly id: string }) {
  const figure = useLiveFigure(id);
  if (figure === undefined || figure.rate === null) {
    return null;
  }
  const idle = figure.rate === 0;
  return (
    <span
      className={classNames(css.rate, idle && css.idle, figure.staleSince !== null && css.stale)}
      title={staleWords(figure.staleSince)}
    >
      {formatRate(figure.rate)}
    </span>
  );
}

/** A topic's state, when it is not as it should be. */
export function TopicStatus({ id }: { readonly id: string }) {
  const figure = useLiveFigure(id);
  if (figure === undefined || figure.status === null) {
    return null;
  }
  return <Status word={figure.status.word} tone={figure.status.tone} figure={figure} />;
}

/** How a service stands: its state when it is not running as it should, and how far behind it is. */
export function ServiceStatus({ id }: { readonly id: string }) {
  const figure = useLiveFigure(id);
  if (figure === undefined || (figure.status === null && figure.lagMs === null)) {
    return null;
  }
  const { status, lagMs } = figure;
  const late = lagMs !== null && lagMs >= calmLagMs;
  if (status === null) {
    const tone = late ? (lagMs < 120_000 ? 'warning' : 'error') : 'ok';
    return <Status word={formatBehind(lagMs ?? 0)} tone={tone} figure={figure} />;
  }
  const word = late ? `${status.word} · ${formatBehind(lagMs)}` : status.word;
  return <Status word={word} tone={status.tone} figure={figure} />;
}

interface StatusProps {
  readonly word: string;
  readonly tone: LiveStatus['tone'];
  readonly figure: LiveFigure;
}

function Status({ word, tone, figure: { staleSince } }: StatusProps) {
  const stale = staleSince !== null;
  return (
    <span
      className={classNames(css.status, tone === 'ok' && css.calm, stale && css.stale)}
      title={staleWords(staleSince)}
    >
      <Badge tone={tone}>{word}</Badge>
    </span>
  );
}

/** A lag that is no news. */
const calmLagMs = 10_000;

function staleWords(since: number | null): string | undefined {
  return since === null ? undefined : `As of ${new Date(since).toLocaleTimeString()}`;
}
