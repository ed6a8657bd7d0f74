import { type ReactNode, useCallback, useMemo, useState } from 'react';
import type { TopicListing } from '#shared/contract/cluster-types.ts';
import type { TopicRole } from '#shared/design/design.ts';
import { selectDesign } from '../../store/selectors.ts';
import { useWindow, useWindowState } from '../../store/window-context.tsx';
import { counted, formatCount } from '../../strings/counts.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { FailureNote } from '../failure-note.tsx';
import css from '../lists/list-page.module.css';
import { ListToolbar } from '../lists/list-toolbar.tsx';
import { mostFigures, useFigures } from '../lists/use-figures.ts';
import { useSeenRows } from '../lists/use-seen-rows.ts';
import { VirtualList } from '../lists/virtual-list.tsx';
import { show } from '../show.ts';
import { useClusterHandle, useInspector, useInspectorView } from '../use-inspector.ts';
import { usePolled } from '../use-polled.ts';
import { TopicRow } from './topic-row.tsx';
import { needsFigures, type TopicOrder, topicRows } from './topic-rows.ts';

const orders: readonly { readonly value: TopicOrder; readonly label: string }[] = [
  { value: 'name', label: 'Name' },
  { value: 'trouble', label: 'Trouble' },
  { value: 'partitions', label: 'Partitions' },
  { value: 'records', label: 'Records' },
  { value: 'rate', label: 'Rate' },
];

/** The topics of the cluster. */
export function TopicsList() {
  const { view } = useInspector();
  const { client } = useWindow();
  const cluster = useClusterHandle();
  const ask = useCallback(
    async (signal: AbortSignal) => (await client.inspect.topics({ cluster: cluster ?? '' }, signal)).topics,
    [client, cluster],
  );
  const { value: topics, at, failure, refresh } = usePolled(cluster === null ? null : ask, 10_000);
  const order = useInspectorView((state) => state.topicOrder);
  const internal = useInspectorView((state) => state.internal);
  const hidden = topics?.filter((topic) => topic.internal).length ?? 0;
  if (topics === null) {
    return failure === null ? (
      <Skeleton label="Reading the topics" rows={8} />
    ) : (
      <FailureNote doing="Reading the topics" why={failure} onRetry={refresh} />
    );
  }
  return (
    <div className={css.page}>
      {failure === null ? null : (
        <FailureNote doing="Reading the topics" why={failure} since={at} onRetry={refresh} />
      )}
      <Topics
        topics={topics}
        toolbar={(count) => (
          <ListToolbar
            what="topics"
            order={order}
            orders={orders}
            onOrder={(topicOrder) => view.setState({ topicOrder })}
            onRefresh={refresh}
            count={count}
            end={
              hidden === 0 ? null : (
                <button
                  type="button"
                  className={css.toggle}
                  aria-pressed={internal}
                  title={`${counted(hidden, 'topic')} that Kafka keeps for itself`}
                  onClick={() => view.setState({ internal: !internal })}
                >
                  {hidden} internal
                </button>
              )
            }
          />
        )}
      />
    </div>
  );
}

interface TopicsProps {
  readonly topics: readonly TopicListing[];
  readonly toolbar: (count: string) => ReactNode;
}

function Topics({ topics, toolbar }: TopicsProps) {
  const window = useWindow();
  const words = useInspectorView((state) => state.words);
  const internal = useInspectorView((state) => state.internal);
  const order = useInspectorView((state) => state.topicOrder);
  const [active, setActive] = useState<string | null>(null);
  const named = useMemo(
    () => topicRows(topics, { words, internal, order: 'name', figures: new Map() }),
    [topics, words, internal],
  );
  const tooMany = named.length > mostFigures && needsFigures(order);
  const { seen, onSeen, wanted } = useSeenRows<TopicListing>();
  const asked = needsFigures(order) && !tooMany ? named : wanted(named);
  const { topics: figures, failure } = useFigures(
    'topics',
    asked.map(({ name }) => name),
  );
  const rows = useMemo(
    () => (tooMany ? named : topicRows(named, { words, internal, order, figures })),
    [named, words, internal, order, figures, tooMany],
  );
  seen.current = rows;
  // Of the internal ones the button beside it tells.
  const inView = internal ? topics.length : topics.filter((topic) => !topic.internal).length;
  const some = rows.length === inView ? '' : `${formatCount(rows.length)} of `;
  const roles = useRoles();
  return (
    <>
      {toolbar(some + counted(inView, 'topic'))}
      {tooMany ? (
        <p className={css.note}>
          More than {formatCount(mostFigures)} topics: filter them to order by records or rate.
        </p>
      ) : null}
      {failure === null ? null : <p className={css.note}>No figures now. {failure}</p>}
      {rows.length === 0 ? (
        <EmptyState
          title={topics.length === 0 ? 'The cluster has no topics' : 'No topic has these words'}
          text={topics.length === 0 ? undefined : 'Change the filter, or show the internal topics.'}
        />
      ) : (
        <VirtualList
          label="Topics"
          rows={rows}
          rowKey={(topic) => topic.name}
          rowHeight={42}
          active={active}
          onActive={(topic) => setActive(topic.name)}
          onOpen={(topic) => show(window, { kind: 'topic', name: topic.name })}
          onSeen={onSeen}
        >
          {(topic) => (
            <TopicRow topic={topic} figure={figures.get(topic.name)} role={roles.get(topic.name)} />
          )}
        </VirtualList>
      )}
    </>
  );
}

/** The roles of the topics that the design draws, by name. */
function useRoles(): ReadonlyMap<string, TopicRole> {
  const { topics } = useWindowState(selectDesign);
  return useMemo(() => new Map(topics.map(({ name, role }) => [name, role])), [topics]);
}
