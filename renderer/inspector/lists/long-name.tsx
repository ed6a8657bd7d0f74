import { classNames } from '../../ui/class-names.ts';
import css from './long-name.module.css';

interface LongNameProps {
  readonly name: string;
  readonly className?: string | undefined;
}

/** So many characters at the end stay in sight: `-changelog` and what stands before it tell names apart. */
const endLength = 13;

/** A name that is cut in the middle where there is no room, because names on a cluster differ at their ends. */
export function LongName({ name, className }: LongNameProps) {
  const cut = name.length > endLength * 2 ? name.length - endLength : name.length;
  return (
    <span className={classNames(css.name, className)} title={name}>
      <span className={css.start}>{name.slice(0, cut)}</span>
      {cut === name.length ? null : <span className={css.end}>{name.slice(cut)}</span>}
    </span>
  );
}
