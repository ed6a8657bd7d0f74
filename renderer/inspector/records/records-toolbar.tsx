import { Eraser, Pause, Play } from 'lucide-react';
import { useStore } from 'zustand';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Select } from '../../ui/select.tsx';
import { useInspector } from '../use-inspector.ts';
import { PartitionSelect } from './partition-select.tsx';
import { RecordFilter } from './record-filter.tsx';
import css from './records-toolbar.module.css';
import { StartFields } from './start-fields.tsx';
import type { TailQuestion } from './tail-session.ts';
import { TopicField } from './topic-field.tsx';

const isolations = [
  { value: 'read_uncommitted', label: 'Uncommitted' },
  { value: 'read_committed', label: 'Committed' },
] as const;

/** What is followed, from where, and what of it is shown. A change starts the tail anew. */
export function RecordsToolbar() {
  const { tail } = useInspector();
  const { question, phase, buffer } = useStore(tail.view);
  const ask = (change: Partial<TailQuestion>) => tail.start({ ...question, ...change });
  const hasTopic = question.topic !== '';
  const stands = phase !== 'following';
  return (
    <div className={css.toolbar} role="toolbar" aria-label="Records to follow">
      <TopicField topic={question.topic} onChoose={(topic) => ask({ topic, partition: null, filter: '' })} />
      {hasTopic ? (
        <>
          <PartitionSelect
            topic={question.topic}
            partition={question.partition}
            onChoose={(partition) => ask({ partition })}
          />
          <StartFields from={question.from} onChoose={(from) => ask({ from })} />
          <Select
            small
            aria-label="Isolation"
            title="Read committed leaves out records of transactions that are open or were aborted."
            className={css.isolation}
            value={question.isolation}
            choices={isolations}
            onChoose={(isolation) => ask({ isolation })}
          />
          <RecordFilter
            key={question.topic}
            filter={question.filter}
            onFilter={(filter) => ask({ filter })}
          />
          <span className={css.buttons}>
            <Button
              size="sm"
              className={css.pause}
              icon={stands ? <Play size={13} aria-hidden="true" /> : <Pause size={13} aria-hidden="true" />}
              onClick={stands ? tail.resume : tail.pause}
            >
              {stands ? 'Resume' : 'Pause'}
            </Button>
            <IconButton
              label="Clear the records shown"
              size="sm"
              disabled={buffer.kept.length === 0}
              onClick={tail.clear}
            >
              <Eraser size={14} aria-hidden="true" />
            </IconButton>
          </span>
        </>
      ) : null}
    </div>
  );
}
