import { ArrowLeft, RefreshCw, ScrollText } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import type { TopicDescription } from '#shared/contract/cluster-types.ts';
import { consumersOf, emittersOf } from '#shared/design/queries/topic-use.ts';
import { selectDesign } from '../../store/selectors.ts';
import { useWindow, useWindowState } from '../../store/window-context.tsx';
import { counted, formatCount, formatRate } from '../../strings/counts.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { PanelHeader } from '../../ui/panel-header.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { DetailFacts } from '../detail-facts.tsx';
import css from '../detail-page.module.css';
import { FailureNote } from '../failure-note.tsx';
import { useFigures } from '../lists/use-figures.ts';
import { tailTopic } from '../show.ts';
import { useClusterHandle, useInspector } from '../use-inspector.ts';
import { usePolled } from '../use-polled.ts';
import { TopicConfigs } from './topic-configs.tsx';
import { TopicPartitions } from './topic-partitions.tsx';

/** A topic of the cluster: its partitions now, and how it is set up. */
export function TopicDetail({ name }: { readonly name: string }) {
  const window = useWindow();
  const { client } = window;
  const { view } = useInspector();
  const cluster = useClusterHandle();
  const ask = useCallback(
    (signal: AbortSignal) => client.inspect.topic({ cluster: cluster ?? '', topic: name }, signal),
    [client, cluster, name],
  );
  const { value: topic, at, failure, refresh } = usePolled(cluster === null ? null : ask, 2_500);
  return (
    <>
      <PanelHeader
        title={name}
        icon={
          <IconButton label="Back to topics" size="sm" onClick={() => view.setState({ shown: null })}>
            <ArrowLeft size={15} aria-hidden="true" />
          </IconButton>
        }
        end={
          <IconButton label="Read the topic again" size="sm" onClick={refresh}>
            <RefreshCw size={13} aria-hidden="true" />
          </IconButton>
        }
      />
      {failure === null ? null : (
        <FailureNote doing="Reading the topic" why={failure} since={at} onRetry={refresh} />
      )}
      <div className={css.body}>
        {topic === null && failure === null ? <Skeleton label="Reading the topic" rows={7} /> : null}
        {topic === null ? null : (
          <>
            <div className={css.summary}>
              <TopicFacts topic={topic} />
              <Button
                size="sm"
                icon={<ScrollText size={13} aria-hidden="true" />}
                onClick={() => tailTopic(window, name)}
              >
                Follow its records
              </Button>
            </div>
            <Section title="Partitions" count={topic.partitions.length}>
              <TopicPartitions partitions={topic.partitions} />
            </Section>
            <TopicConfigs configs={topic.configs} />
          </>
        )}
      </div>
    </>
  );
}

function TopicFacts({ topic: { name, partitions, configs } }: { readonly topic: TopicDescription }) {
  const design = useWindowState(selectDesign);
  const names = useMemo(() => [name], [name]);
  const rate = useFigures('topics', names).topics.get(name)?.rate ?? null;
  const records = partitions.reduce(
    (sum: number | null, { startOffset, endOffset }) =>
      sum === null || startOffset === null || endOffset === null ? null : sum + endOffset - startOffset,
    0,
  );
  const drawn = design.topics.find((topic) => topic.name === name);
  const services = (found: readonly { readonly name: string }[]) =>
    found.length === 0 ? 'no service' : found.map((service) => service.name).join(', ');
  const short = partitions.filter(({ replicas, inSync }) => inSync.length < replicas.length).length;
  return (
    <DetailFacts
      facts={[
        { name: 'Records, at most', value: records === null ? 'not known' : formatCount(records) },
        { name: 'Rate', value: rate === null ? '…' : formatRate(rate) },
        { name: 'Cleanup', value: configs.find((each) => each.name === 'cleanup.policy')?.value ?? '' },
        {
          name: 'Replication',
          value:
            short === 0
              ? `${partitions[0]?.replicas.length ?? 0}, all in sync`
              : `${counted(short, 'partition')} under-replicated`,
          tone: short === 0 ? undefined : 'warning',
        },
        ...(drawn === undefined
          ? [{ name: 'On the drawing', value: 'no' }]
          : [
              { name: 'Written by', value: services(emittersOf(design, drawn.id)) },
              { name: 'Read by', value: services(consumersOf(design, drawn.id)) },
            ]),
      ]}
    />
  );
}
