import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { BrokerView, ClusterDescription } from '#shared/contract/cluster-types.ts';
import type { ClusterInView } from '../store/connection-state.ts';
import { useWindow, useWindowState } from '../store/window-context.tsx';
import { counted } from '../strings/counts.ts';
import { formatClock } from '../strings/record-times.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Section } from '../ui/section.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { connectionOf } from './cluster-connection.ts';
import { clusterKindWords } from './cluster-status.tsx';
import css from './connections-panel.module.css';

const healthTones = { ok: 'ok', stale: 'warning', lost: 'error' } as const;
const healthWords = { ok: 'healthy', stale: 'stale', lost: 'lost' } as const;

/** The cluster in view: what it is, how it is, its brokers; what this panel is for while there is none. */
export function ClusterInViewFacts() {
  const cluster = useWindowState((state) => state.connection.cluster);
  return (
    <Section title="Cluster in view">
      {cluster === null ? (
        <p className={css.note}>
          No cluster yet. Connect to Kafka below, or run the design in the sandbox: topics, groups, records
          and stores then show here and on the drawing.
        </p>
      ) : (
        <Facts key={cluster.cluster} cluster={cluster} />
      )}
    </Section>
  );
}

function Facts({ cluster }: { readonly cluster: ClusterInView }) {
  const connection = connectionOf(useWindow());
  const answeredAt = useStore(connection.state, (state) => state.answeredAt);
  const description = useDescription(cluster);
  return (
    <div className={css.facts}>
      <div className={css.title}>
        <span className={css.name} title={cluster.label}>
          {cluster.label}
        </span>
        <Badge tone={healthTones[cluster.health]}>{healthWords[cluster.health]}</Badge>
      </div>
      {cluster.trouble === null ? null : (
        <p className={css.trouble} role="alert">
          {cluster.trouble}
          {cluster.kind === 'kafka' && answeredAt !== null
            ? ` Last answer at ${formatClock(answeredAt)}; Millstream keeps asking.`
            : ''}
        </p>
      )}
      <dl className={css.pairs}>
        <dt>Kind</dt>
        <dd>{cluster.kind === 'sandbox' ? 'Sandbox, in memory' : clusterKindWords.kafka}</dd>
        <dt>Cluster id</dt>
        <dd className={css.mono} title={description?.clusterId ?? undefined}>
          {description === null ? '…' : (description.clusterId ?? 'not told')}
        </dd>
      </dl>
      {description === null ? (
        <Skeleton label="Asking for the brokers" rows={3} />
      ) : (
        <Brokers description={description} simulated={cluster.kind === 'sandbox'} />
      )}
      {cluster.kind === 'kafka' ? (
        <Button size="sm" className={css.disconnect} onClick={() => void connection.disconnect()}>
          Disconnect
        </Button>
      ) : null}
    </div>
  );
}

interface BrokersProps {
  readonly description: ClusterDescription;
  readonly simulated: boolean;
}

function Brokers({ description: { brokers, controllerId }, simulated }: BrokersProps) {
  return (
    <>
      <h4 className={css.subtitle}>{counted(brokers.length, simulated ? 'simulated broker' : 'broker')}</h4>
      <ul className={css.brokers} aria-label="Brokers">
        {brokers.map((broker) => (
          <li key={broker.id} className={css.broker}>
            <span className={css.brokerId}>{broker.id}</span>
            <span className={css.mono} title={addressOf(broker)}>
              {simulated ? 'in memory' : addressOf(broker)}
            </span>
            {broker.rack === null ? null : <span className={css.rack}>{broker.rack}</span>}
            {broker.id === controllerId ? <Badge>controller</Badge> : null}
          </li>
        ))}
      </ul>
    </>
  );
}

function addressOf({ host, port }: BrokerView): string {
  return `${host}:${port}`;
}

/** Of a connection it is known already; a sandbox is asked once. */
function useDescription({ cluster, kind }: ClusterInView): ClusterDescription | null {
  const window = useWindow();
  const { client } = window;
  const known = useStore(connectionOf(window).state, (state) => state.description);
  const [asked, setAsked] = useState<ClusterDescription | null>(null);
  useEffect(() => {
    if (kind === 'kafka') {
      return;
    }
    const own = new AbortController();
    client.clusters.describe({ cluster }, own.signal).then(setAsked, () => setAsked(null));
    return () => own.abort();
  }, [client, cluster, kind]);
  return kind === 'kafka' ? known : asked;
}
