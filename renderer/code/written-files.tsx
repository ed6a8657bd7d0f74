import type { WrittenFile } from '#shared/contract/output.ts';
import { formatCount } from '../strings/counts.ts';
import { Badge, type BadgeTone } from '../ui/badge.tsx';
import css from './generate-dialog.module.css';

type Status = WrittenFile['status'];

interface StatusWords {
  readonly tone: BadgeTone;
  /** Before it is done, and after. */
  readonly will: string;
  readonly was: string;
}

const words: Readonly<Record<Status, StatusWords>> = {
  kept: { tone: 'warning', will: 'kept as you edited it', was: 'kept as you edited it' },
  created: { tone: 'ok', will: 'to create', was: 'created' },
  updated: { tone: 'info', will: 'to update', was: 'updated' },
  removed: { tone: 'error', will: 'to remove', was: 'removed' },
  orphaned: { tone: 'warning', will: 'no longer generated, kept', was: 'no longer generated, kept' },
  unchanged: { tone: 'plain', will: 'unchanged', was: 'unchanged' },
};
const order = Object.keys(words) as Status[];

interface WrittenFilesProps {
  readonly files: readonly WrittenFile[];
  readonly written: boolean;
}

/** What happens, or happened, to each file; what stays as it is is only counted. */
export function WrittenFiles({ files, written }: WrittenFilesProps) {
  const byStatus = Map.groupBy(files, ({ status }) => status);
  const say = (status: Status) => (written ? words[status].was : words[status].will);
  return (
    <div className={css.files}>
      <div className={css.summary} role="status">
        {order
          .filter((status) => byStatus.has(status))
          .map((status) => (
            <Badge key={status} tone={words[status].tone}>
              {formatCount(byStatus.get(status)?.length ?? 0)} {say(status)}
            </Badge>
          ))}
      </div>
      <ul className={css.list} aria-label={written ? 'Files written' : 'Files to write'}>
        {order
          .filter((status) => status !== 'unchanged')
          .flatMap((status) => byStatus.get(status) ?? [])
          .map(({ path, status }) => (
            <li key={path} className={css.file}>
              <span className={css.path} title={path}>
                {path}
              </span>
              <span className={css.status}>{say(status)}</span>
            </li>
          ))}
      </ul>
      {byStatus.has('kept') ? (
        <p className={css.hint}>
          What was edited by hand stays; the new text lies beside it, with “.new” at the end of its name.
        </p>
      ) : null}
    </div>
  );
}
