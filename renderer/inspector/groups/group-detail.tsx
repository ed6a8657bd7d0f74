import { ArrowLeft, RefreshCw } from 'lucide-react';
import { useCallback } from 'react';
import type { GroupDescription } from '#shared/contract/cluster-types.ts';
import type { PartitionLag } from '#shared/contract/inspect.ts';
import { useWindow } from '../../store/window-context.tsx';
import { counted, formatBehind, formatCount } from '../../strings/counts.ts';
import { groupStateWord, groupTypeHints, groupTypeWords } from '../../strings/group-words.ts';
import { Badge } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { PanelHeader } from '../../ui/panel-header.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { DetailFacts } from '../detail-facts.tsx';
import css from '../detail-page.module.css';
import { FailureNote } from '../failure-note.tsx';
import { useClusterHandle, useInspector } from '../use-inspector.ts';
import { usePolled } from '../use-polled.ts';
import { GroupLag } from './group-lag.tsx';
import { GroupMembers } from './group-members.tsx';

/** A group of the cluster: who is in it, and how far behind it is on each partition. */
export function GroupDetail({ id }: { readonly id: string }) {
  const { client } = useWindow();
  const { view } = useInspector();
  const cluster = useClusterHandle();
  const ask = useCallback(
    (signal: AbortSignal) => client.inspect.group({ cluster: cluster ?? '', group: id }, signal),
    [client, cluster, id],
  );
  const { value, at, failure, refresh } = usePolled(cluster === null ? null : ask, 2_000);
  return (
    <>
      <PanelHeader
        title={id}
        icon={
          <IconButton label="Back to groups" size="sm" onClick={() => view.setState({ shown: null })}>
            <ArrowLeft size={15} aria-hidden="true" />
          </IconButton>
        }
        end={
          <IconButton label="Read the group again" size="sm" onClick={refresh}>
            <RefreshCw size={13} aria-hidden="true" />
          </IconButton>
        }
      />
      {failure === null ? null : (
        <FailureNote doing="Reading the group" why={failure} since={at} onRetry={refresh} />
      )}
      <div className={css.body}>
        {value === null && failure === null ? <Skeleton label="Reading the group" rows={7} /> : null}
        {value === null ? null : (
          <>
            <div className={css.summary}>
              <GroupBadges group={value.group} />
              {value.group.incomplete === null ? null : (
                <p className={css.incomplete} role="status">
                  {value.group.incomplete}
                </p>
              )}
              <GroupFacts group={value.group} lag={value.lag} />
            </div>
            <GroupLag lag={value.lag} />
            <GroupMembers members={value.group.members} />
          </>
        )}
      </div>
    </>
  );
}

function GroupBadges({ group }: { readonly group: GroupDescription }) {
  const state = groupStateWord(group.state);
  return (
    <div className={css.badges}>
      <Badge tone={state.tone} title={`${state.hint} (${group.state})`}>
        {state.word}
      </Badge>
      <Badge title={groupTypeHints[group.type]}>{groupTypeWords[group.type]}</Badge>
      {group.protocolType === '' || group.protocolType === group.type ? null : (
        <Badge>{group.protocolType}</Badge>
      )}
    </div>
  );
}

interface GroupFactsProps {
  readonly group: GroupDescription;
  readonly lag: readonly PartitionLag[];
}

function GroupFacts({ group, lag }: GroupFactsProps) {
  const unknown = lag.filter((each) => each.lag === null).length;
  const total = lag.reduce((sum, each) => sum + (each.lag ?? 0), 0);
  const ages = lag.flatMap(({ lagMs }) => lagMs ?? []);
  const ofUnknown = unknown === 0 ? '' : `, ${counted(unknown, 'partition')} not known`;
  return (
    <DetailFacts
      facts={[
        { name: 'Lag', value: lag.length === 0 ? 'nothing committed' : `${formatCount(total)}${ofUnknown}` },
        { name: 'In time', value: ages.length === 0 ? 'not known' : formatBehind(Math.max(...ages)) },
        { name: 'Members', value: formatCount(group.members.length) },
        { name: 'Assignor', value: group.assignor },
        {
          name: 'Coordinator',
          value: group.coordinator === null ? 'not known' : `broker ${group.coordinator}`,
        },
      ]}
    />
  );
}
