import { formatSpan } from '../strings/record-times.ts';
import { Badge } from '../ui/badge.tsx';
import css from './request-form.module.css';
import type { Answer } from './use-request.ts';

interface RequestAnswerProps {
  readonly answer: Answer | null;
  readonly problem: string | null;
}

/** The status and body that came back. */
export function RequestAnswer({ answer, problem }: RequestAnswerProps) {
  if (problem !== null) {
    return (
      <p className={css.problem} role="alert">
        {problem}
      </p>
    );
  }
  if (answer === null) {
    return null;
  }
  const { status, body, took } = answer;
  return (
    <div className={css.answer} role="status" aria-label="Answer">
      <div className={css.status}>
        <Badge tone={status < 300 ? 'ok' : status < 500 ? 'warning' : 'error'} mono>
          {status} {statusWords[status] ?? ''}
        </Badge>
        <span className={css.took}>{formatSpan(took)}</span>
      </div>
      <pre className={css.body}>{JSON.stringify(body, null, 2)}</pre>
    </div>
  );
}

const statusWords: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  400: 'Bad request',
  404: 'Not found',
  503: 'Unavailable',
  504: 'Timed out',
};
