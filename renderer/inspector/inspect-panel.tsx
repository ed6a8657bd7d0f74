import { type ReactNode, useEffect, useRef } from 'react';
import { useWindowState } from '../store/window-context.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { GroupDetail } from './groups/group-detail.tsx';
import { GroupsList } from './groups/groups-list.tsx';
import css from './inspect-panel.module.css';
import { NoCluster } from './no-cluster.tsx';
import { TopicDetail } from './topics/topic-detail.tsx';
import { TopicsList } from './topics/topics-list.tsx';
import { useClusterHandle, useInspector, useInspectorView } from './use-inspector.ts';

const tabs = [
  { id: 'topics', title: 'Topics' },
  { id: 'groups', title: 'Groups' },
] as const;

/** Topics and groups of the cluster in view, and one of them in detail. */
export function InspectPanel() {
  const { view } = useInspector();
  const cluster = useClusterHandle();
  const label = useWindowState((state) => state.connection.cluster?.label ?? '');
  const shown = useInspectorView((state) => state.shown);
  const tab = useInspectorView((state) => state.tab);
  if (cluster === null) {
    return (
      <NoCluster
        title="Nothing to inspect yet"
        text="Topics, partitions, groups, lag and records of a running cluster show here and on the drawing."
      />
    );
  }
  if (shown !== null) {
    return (
      <DetailPage key={`${cluster} ${shown.kind} ${shown.name}`}>
        {shown.kind === 'topic' ? <TopicDetail name={shown.name} /> : <GroupDetail id={shown.name} />}
      </DetailPage>
    );
  }
  return (
    <div className={css.page}>
      <Tabs
        label={`On ${label}`}
        tabs={tabs}
        selected={tab}
        onSelect={(id) => view.setState({ tab: id === 'groups' ? 'groups' : 'topics' })}
      >
        {tab === 'topics' ? <TopicsList key={cluster} /> : <GroupsList key={cluster} />}
      </Tabs>
    </div>
  );
}

/** One topic or group; Escape steps back to the lists. */
function DetailPage({ children }: { readonly children: ReactNode }) {
  const { view } = useInspector();
  const page = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const focused = document.activeElement;
    // Taken only from the list that has gone, never from the canvas or a field.
    if (focused === null || focused === document.body) {
      page.current?.focus();
    }
  }, []);
  return (
    <section
      ref={page}
      aria-label="Details"
      tabIndex={-1}
      className={css.page}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) {
          event.stopPropagation();
          view.setState({ shown: null });
        }
      }}
    >
      {children}
    </section>
  );
}
