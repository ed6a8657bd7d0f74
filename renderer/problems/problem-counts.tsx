import { CircleCheck } from 'lucide-react';
import { selectProblemCounts } from '../store/selectors.ts';
import { useShallowState, useWindow } from '../store/window-context.tsx';
import { counted } from '../strings/counts.ts';
import { Badge } from '../ui/badge.tsx';
import { StatusItem } from '../ui/status-item.tsx';
import css from './problem-counts.module.css';
import { SeveritySign } from './severity-sign.tsx';

/** In the status bar: how many problems there are; leads to their list. */
export function ProblemCounts() {
  const { view } = useWindow();
  const { errors, warnings, infos } = useShallowState(selectProblemCounts);
  const words = [counted(errors, 'error'), counted(warnings, 'warning'), counted(infos, 'hint')].join(', ');
  return (
    <StatusItem title={words} onPress={() => view.showBottomTab('problems')}>
      <span className="visually-hidden">Problems: {words}</span>
      <span className={css.counts} aria-hidden="true">
        {errors + warnings === 0 ? (
          <>
            <CircleCheck size={13} /> No problems
          </>
        ) : (
          <>
            <SeveritySign severity="error" size={13} />
            {errors}
            <SeveritySign severity="warning" size={13} />
            {warnings}
          </>
        )}
      </span>
    </StatusItem>
  );
}

/** Beside the title of the tab. */
export function ProblemsMark() {
  const { errors, warnings } = useShallowState(selectProblemCounts);
  return errors + warnings === 0 ? null : (
    <Badge tone={errors > 0 ? 'error' : 'warning'}>{errors + warnings}</Badge>
  );
}
