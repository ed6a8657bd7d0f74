import { ScrollText } from 'lucide-react';
import { useStore } from 'zustand';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { FailureNote } from '../failure-note.tsx';
import { NoCluster } from '../no-cluster.tsx';
import { useClusterHandle, useInspector } from '../use-inspector.ts';
import { RecordList } from './record-list.tsx';
import css from './records-panel.module.css';
import { RecordsToolbar } from './records-toolbar.tsx';
import { TailStatus } from './tail-status.tsx';

/** The records of a topic as they come. */
export function RecordsPanel() {
  const cluster = useClusterHandle();
  if (cluster === null) {
    return (
      <NoCluster
        title="No records without a cluster"
        text="The records of a topic show here as they are written, with a filter and a place to start from."
      />
    );
  }
  return (
    <div className={css.panel}>
      <RecordsToolbar key={cluster} />
      <Records />
      <TailStatus />
    </div>
  );
}

function Records() {
  const { tail } = useInspector();
  const { question, phase, buffer, failure, answered } = useStore(tail.view);
  if (question.topic === '') {
    return (
      <EmptyState
        icon={<ScrollText size={22} aria-hidden="true" />}
        title="Choose a topic to follow"
        text="Name it above, or select a topic on the drawing."
      />
    );
  }
  return (
    <>
      {failure === null ? null : (
        <FailureNote doing={`Following ${question.topic}`} why={failure} onRetry={tail.resume} />
      )}
      {buffer.kept.length > 0 ? <RecordList records={buffer.kept} /> : null}
      {buffer.kept.length === 0 && failure === null ? (
        <NoRecords answered={answered} paused={phase === 'paused' || phase === 'idle'} />
      ) : null}
    </>
  );
}

function NoRecords({ answered, paused }: { readonly answered: boolean; readonly paused: boolean }) {
  const { tail } = useInspector();
  const { question } = useStore(tail.view);
  if (!answered && !paused) {
    return <Skeleton label={`Reading ${question.topic}`} rows={5} />;
  }
  if (paused) {
    return <EmptyState title="Paused" text="No record is shown yet. Resume to go on reading." />;
  }
  const filtered = question.filter.trim() !== '';
  return (
    <EmptyState
      title={filtered ? 'No record has passed the filter yet' : 'No record has come yet'}
      text={
        question.from === 'start'
          ? 'The topic is empty, or its records have expired. New ones show here as they are written.'
          : 'New records show here as they are written. Start earlier to see what is there already.'
      }
      action={
        question.from === 'start' ? undefined : (
          <Button size="sm" onClick={() => tail.start({ ...question, from: 'start' })}>
            Read from the start
          </Button>
        )
      }
    />
  );
}
