import { type ReactNode, useCallback, useMemo, useState } from 'react';
import type { GroupListing } from '#shared/contract/cluster-types.ts';
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
import { GroupRow } from './group-row.tsx';
import { type GroupOrder, groupRows, needsFigures } from './group-rows.ts';

const orders: readonly { readonly value: GroupOrder; readonly label: string }[] = [
  { value: 'name', label: 'Name' },
  { value: 'state', label: 'Trouble' },
  { value: 'behind', label: 'Time behind' },
  { value: 'lag', label: 'Lag' },
  { value: 'members', label: 'Members' },
];

/** The groups of the cluster, of every kind. */
export function GroupsList() {
  const { view } = useInspector();
  const { client } = useWindow();
  const cluster = useClusterHandle();
  const ask = useCallback(
    async (signal: AbortSignal) => (await client.inspect.groups({ cluster: cluster ?? '' }, signal)).groups,
    [client, cluster],
  );
  const { value: groups, at, failure, refresh } = usePolled(cluster === null ? null : ask, 5_000);
  const order = useInspectorView((state) => state.groupOrder);
  if (groups === null) {
    return failure === null ? (
      <Skeleton label="Reading the groups" rows={8} />
    ) : (
      <FailureNote doing="Reading the groups" why={failure} onRetry={refresh} />
    );
  }
  return (
    <div className={css.page}>
      {failure === null ? null : (
        <FailureNote doing="Reading the groups" why={failure} since={at} onRetry={refresh} />
      )}
      <Groups
        groups={groups}
        toolbar={(count) => (
          <ListToolbar
            what="groups"
            order={order}
            orders={orders}
            onOrder={(groupOrder) => view.setState({ groupOrder })}
            onRefresh={refresh}
            count={count}
          />
        )}
      />
    </div>
  );
}

interface GroupsProps {
  readonly groups: readonly GroupListing[];
  readonly toolbar: (count: string) => ReactNode;
}

function Groups({ groups, toolbar }: GroupsProps) {
  const window = useWindow();
  const words = useInspectorView((state) => state.words);
  const order = useInspectorView((state) => state.groupOrder);
  const [active, setActive] = useState<string | null>(null);
  const drawn = useDrawnGroups();
  const named = useMemo(
    () => groupRows(groups, { words, order: 'name', figures: new Map() }),
    [groups, words],
  );
  const tooMany = named.length > mostFigures && needsFigures(order);
  const { seen, onSeen, wanted } = useSeenRows<GroupListing>();
  const asked = needsFigures(order) && !tooMany ? named : wanted(named);
  const { groups: figures, failure } = useFigures(
    'groups',
    asked.map(({ id }) => id),
  );
  const rows = useMemo(
    () => (tooMany ? named : groupRows(named, { words, order, figures })),
    [named, words, order, figures, tooMany],
  );
  seen.current = rows;
  const some = rows.length === groups.length ? '' : `${formatCount(rows.length)} of `;
  return (
    <>
      {toolbar(some + counted(groups.length, 'group'))}
      {tooMany ? (
        <p className={css.note}>
          More than {formatCount(mostFigures)} groups: filter them to order by lag or members.
        </p>
      ) : null}
      {failure === null ? null : <p className={css.note}>No figures now. {failure}</p>}
      {rows.length === 0 ? (
        <EmptyState
          title={groups.length === 0 ? 'The cluster has no groups' : 'No group has these words'}
          text={groups.length === 0 ? 'A group appears with its first member.' : 'Change the filter.'}
        />
      ) : (
        <VirtualList
          label="Groups"
          rows={rows}
          rowKey={(group) => group.id}
          rowHeight={42}
          active={active}
          onActive={(group) => setActive(group.id)}
          onOpen={(group) => show(window, { kind: 'group', name: group.id })}
          onSeen={onSeen}
        >
          {(group) => <GroupRow group={group} figure={figures.get(group.id)} drawn={drawn.has(group.id)} />}
        </VirtualList>
      )}
    </>
  );
}

/** The application ids of the services that the design draws. */
function useDrawnGroups(): ReadonlySet<string> {
  const { services } = useWindowState(selectDesign);
  return useMemo(() => new Set(services.map(({ applicationId }) => applicationId)), [services]);
}
