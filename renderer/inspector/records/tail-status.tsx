import { useStore } from 'zustand';
import { counted, formatCount } from '../../strings/counts.ts';
import { Badge } from '../../ui/badge.tsx';
import { useInspector } from '../use-inspector.ts';
import { recordLimits } from './record-buffer.ts';
import { mostSingleTails, recordsBehind } from './tail-positions.ts';
import css from './tail-status.module.css';

const phases = {
  idle: { word: 'idle', tone: 'plain' },
  following: { word: 'following', tone: 'ok' },
  paused: { word: 'paused', tone: 'warning' },
  failed: { word: 'ended', tone: 'error' },
} as const;

/** Below the records: whether the tail goes on, what is shown, and all that is not. */
export function TailStatus() {
  const { tail } = useInspector();
  const { question, phase, buffer, dropped, positions } = useStore(tail.view);
  if (question.topic === '') {
    return null;
  }
  const shown = buffer.kept.length;
  const gone = buffer.arrived - shown;
  const behind = recordsBehind(positions);
  const last = typeof question.from === 'object' && 'last' in question.from ? question.from.last : null;
  const { word, tone } = phases[phase];
  return (
    <section className={css.status} aria-label="State of the tail">
      <Badge tone={tone}>{word}</Badge>
      <span>{counted(shown, 'record')} shown</span>
      {gone > 0 ? (
        <span title={`The latest ${formatCount(recordLimits.records)} records, and at most 16 MB, are kept.`}>
          {formatCount(gone)} older let go
        </span>
      ) : null}
      {dropped > 0 ? (
        <Badge
          tone="warning"
          title="They came faster than they could be shown. Filter, or follow one partition."
        >
          {formatCount(dropped)} dropped
        </Badge>
      ) : null}
      {behind > 0 ? <span>{formatCount(behind)} to read</span> : null}
      {question.filter !== '' && last !== null ? (
        <span>The filter looks at the last {formatCount(last)} of each partition and at what comes.</span>
      ) : null}
      {positions.size > mostSingleTails && phase === 'paused' ? (
        <span>With so many partitions, resuming goes by time: late records may be left out.</span>
      ) : null}
    </section>
  );
}
