import { formatClock } from '../strings/record-times.ts';
import { Button } from '../ui/button.tsx';
import css from './failure-note.module.css';

interface FailureNoteProps {
  /** What failed, as the beginning of a sentence: `Reading the topics`. */
  readonly doing: string;
  readonly why: string;
  /** When what is still shown was read; null when nothing is shown. */
  readonly since?: number | null;
  readonly onRetry: () => void;
}

/** What failed, why, and the way to try again; also over figures of before, which it dates. */
export function FailureNote({ doing, why, since = null, onRetry }: FailureNoteProps) {
  return (
    <div className={css.note} role="alert">
      <p>
        <strong>{doing} failed.</strong> {why}
        {since === null ? null : <span className={css.since}> Shown as of {formatClock(since)}.</span>}
      </p>
      <Button size="sm" onClick={onRetry}>
        Try again
      </Button>
    </div>
  );
}
