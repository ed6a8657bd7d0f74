import { FlaskConical, Server, Unplug } from 'lucide-react';
import { useStore } from 'zustand';
import type { ClusterInView } from '../store/connection-state.ts';
import { useWindow, useWindowState } from '../store/window-context.tsx';
import { formatClock, formatInstant } from '../strings/record-times.ts';
import { Badge } from '../ui/badge.tsx';
import { StatusItem } from '../ui/status-item.tsx';
import { connectionOf } from './cluster-connection.ts';
import css from './cluster-status.module.css';

export const clusterKindWords = { kafka: 'Kafka', sandbox: 'sandbox' } as const;
const healthWords = { ok: 'healthy', stale: 'stale', lost: 'lost' } as const;

/** In the status bar: the cluster in view, what kind it is, and how it is. */
export function ClusterStatus() {
  const window = useWindow();
  const cluster = useWindowState((state) => state.connection.cluster);
  const answeredAt = useStore(connectionOf(window).state, (state) => state.answeredAt);
  const show = () => showActivity(window, cluster?.kind === 'sandbox' ? 'sandbox' : 'connections');
  if (cluster === null) {
    return (
      <StatusItem after="Show connections" onPress={show}>
        <Unplug size={13} aria-hidden="true" />
        No cluster
      </StatusItem>
    );
  }
  const since = cluster.kind === 'kafka' ? answeredAt : null;
  return (
    <StatusItem
      before="Cluster"
      {...(cluster.health === 'ok' ? { after: healthWords.ok } : {})}
      title={hint(cluster, since)}
      onPress={show}
    >
      {cluster.kind === 'sandbox' ? (
        <FlaskConical size={13} aria-hidden="true" />
      ) : (
        <Server size={13} aria-hidden="true" />
      )}
      <span className={css.label}>{cluster.label}</span>
      <span className={css.kind}>{clusterKindWords[cluster.kind]}</span>
      {cluster.health === 'ok' ? null : (
        <Badge tone={cluster.health === 'stale' ? 'warning' : 'error'}>
          {healthWords[cluster.health]}
          {since === null ? '' : ` since ${formatClock(since)}`}
        </Badge>
      )}
    </StatusItem>
  );
}

function hint({ health, trouble }: ClusterInView, since: number | null): string {
  if (health === 'ok') {
    return 'The cluster answers.';
  }
  const asOf = since === null ? '' : ` Figures are as of ${formatInstant(since)}.`;
  return `${trouble ?? 'The cluster does not answer.'}${asOf}`;
}

function showActivity({ view, store }: ReturnType<typeof useWindow>, id: string): void {
  if (store.getState().view.activity !== id) {
    view.chooseActivity(id);
  } else {
    view.setPanels({ side: true });
  }
}
