import type { StoreContent } from '#shared/contract/inspect.ts';
import { counted, formatCount } from '../../strings/counts.ts';
import { formatClock } from '../../strings/record-times.ts';
import { scanStopWords, storeKindWords } from '../../strings/store-words.ts';
import { Badge } from '../../ui/badge.tsx';
import { asOfLines, asOfWords } from './as-of-words.ts';
import css from './store-status.module.css';

interface StoreStatusProps {
  readonly content: StoreContent;
  readonly at: number | null;
}

/** Below the entries: what they are the state of, and what may be missing. */
export function StoreStatus({ content, at }: StoreStatusProps) {
  const { asOf, entries, keys, scanned, kind, kindInferred, stopped } = content;
  const stop = scanStopWords[stopped];
  return (
    <section className={css.status} aria-label="State of the store">
      <span className={css.asOf} title={asOfLines(asOf)}>
        {asOfWords(asOf)}
      </span>
      <span>
        {counted(keys, 'key')}
        {entries.length < keys ? `, the first ${formatCount(entries.length)} shown: filter to narrow` : ''}
      </span>
      <span>{counted(scanned, 'record')} scanned</span>
      {kindInferred ? (
        <Badge title="Told from the topic’s cleanup policy and the shape of its keys. Choose the kind if it is wrong.">
          {storeKindWords[kind].toLowerCase()}, inferred
        </Badge>
      ) : null}
      {stop === null ? null : (
        <Badge tone="warning" title={stop}>
          {stop}
        </Badge>
      )}
      {at === null ? null : <span className={css.at}>read at {formatClock(at)}</span>}
    </section>
  );
}
