import { CircleX, TriangleAlert } from 'lucide-react';
import { useWindowState } from '../../store/window-context.tsx';
import css from './problem-mark.module.css';

/** A sign on what has a problem; the words are in the list of problems. */
export function ProblemMark({ id }: { readonly id: string }) {
  const worst = useWindowState((state) => state.document.worstById.get(id));
  if (worst === undefined || worst === 'info') {
    return null;
  }
  const Icon = worst === 'error' ? CircleX : TriangleAlert;
  return (
    <span className={css[worst]} role="img" aria-label={worst === 'error' ? 'Has an error' : 'Has a warning'}>
      <Icon size={13} strokeWidth={2.25} aria-hidden="true" />
    </span>
  );
}
