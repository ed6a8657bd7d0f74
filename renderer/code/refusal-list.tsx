import type { GenerateProblem } from '#shared/codegen/generate-problem.ts';
import { useWindow } from '../store/window-context.tsx';
import { counted } from '../strings/counts.ts';
import css from './refusal-list.module.css';

interface RefusalListProps {
  readonly problems: readonly GenerateProblem[];
  readonly failure: string | null;
  /** Files of an earlier state of the design are still shown. */
  readonly stale: boolean;
}

const mostShown = 50;

/** Why the design cannot be generated: a sentence for each reason, leading to the place. */
export function RefusalList({ problems, failure, stale }: RefusalListProps) {
  const { view } = useWindow();
  if (problems.length === 0 && failure === null) {
    return null;
  }
  return (
    <section className={css.refusals} aria-label="Why nothing is generated">
      <p className={css.head} role="alert">
        {failure === null
          ? `The design cannot be generated: ${counted(problems.length, 'reason')}.`
          : `Generating failed. ${failure} This is a fault in Millstream; the design is untouched.`}
        {stale ? ' The files below are of its last state that could be.' : ''}
      </p>
      <ul>
        {problems.slice(0, mostShown).map((problem) => {
          const id = problem.where.operator ?? problem.where.service ?? problem.where.id;
          return (
            <li key={`${id} ${problem.message}`}>
              <button
                type="button"
                className={css.reason}
                disabled={id === undefined}
                onClick={() => (id === undefined ? undefined : view.reveal(id))}
              >
                {problem.message}
              </button>
            </li>
          );
        })}
      </ul>
      {problems.length > mostShown ? <p>{counted(problems.length - mostShown, 'more reason')}.</p> : null}
    </section>
  );
}
