import { useLiveFigure, useWindowState } from '../../store/window-context.tsx';
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
  return (
    <span
      className={classNames(css.rate, figure.staleSince !== null && css.stale)}
      title={staleWords(figure.staleSince)}
    >
      {formatRate(figure.rate)}
    </span>
  );
}

/** How a service stands: its state when it is not running as it should, otherwise how far behind it is. */
export function ServiceStatus({ id }: { readonly id: string }) {
  const figure = useLiveFigure(id);
  const isFar = useWindowState((state) => state.view.zoomLevel === 'far');
  if (figure === undefined) {
    return null;
  }
  const stale = figure.staleSince !== null;
  const isCalm = figure.status === null && figure.lagMs !== null && figure.lagMs < calmLagMs;
  if (isFar && isCalm) {
    return null;
  }
  if (figure.status !== null) {
    return (
      <span className={classNames(stale && css.stale)}>
        <Badge tone={figure.status.tone}>{figure.status.word}</Badge>
      </span>
    );
  }
  if (figure.lagMs === null) {
    return null;
  }
  return (
    <span className={classNames(stale && css.stale)} title={staleWords(figure.staleSince)}>
      <Badge tone={figure.lagMs < calmLagMs ? 'ok' : figure.lagMs < 120_000 ? 'warning' : 'error'}>
        {formatBehind(figure.lagMs)}
      </Badge>
    </span>
  );
}

/** A lag that is no news. */
const calmLagMs = 10_000;

function staleWords(since: number | null): string | undefined {
  return since === null ? undefined : `As of ${new Date(since).toLocaleTimeString()}`;
}
