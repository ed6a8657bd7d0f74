import { memo } from 'react';
import type { GroupListing } from '#shared/contract/cluster-types.ts';
import type { OverlayGroup } from '#shared/contract/inspect.ts';
import { counted, formatBehind } from '../../strings/counts.ts';
import { groupStateWord, groupTypeWords } from '../../strings/group-words.ts';
import { Badge } from '../../ui/badge.tsx';
import { classNames } from '../../ui/class-names.ts';
import { ServiceGlyph } from '../../ui/kafka-glyphs.tsx';
import css from '../lists/list-page.module.css';
import { LongName } from '../lists/long-name.tsx';
import { groupBehindMs } from './group-rows.ts';

interface GroupRowProps {
  readonly group: GroupListing;
  readonly figure: OverlayGroup | undefined;
  /** A service of the drawing has this application id. */
  readonly drawn: boolean;
}

/** Rendered anew only when its own figures change, however fast one scrolls. */
export const GroupRow = memo(function GroupRow({ group, figure, drawn }: GroupRowProps) {
  const state = groupStateWord(figure?.state ?? group.state);
  const behind = groupBehindMs(figure);
  const lag = figure?.lag ?? null;
  return (
    <div className={css.row}>
      <span className={css.first}>
        <span className={classNames(css.glyph, drawn && css.drawn)}>
          <ServiceGlyph size={14} />
        </span>
        <LongName name={group.id} className={css.name} />
        {behind === null ? null : <span className={css.figure}>{formatBehind(behind)}</span>}
      </span>
      <span className={css.second}>
        <span className={css.facts}>
          {groupTypeWords[group.type]}
          {figure === undefined ? '' : ` · ${counted(figure.members, 'member')}`}
          {lag === null ? '' : ` · lag ${counted(lag, 'record')}`}
        </span>
        {state.tone === 'ok' ? null : (
          <Badge tone={state.tone} title={state.hint}>
            {state.word}
          </Badge>
        )}
      </span>
    </div>
  );
});
