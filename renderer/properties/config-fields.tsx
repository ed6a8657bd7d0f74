import type { Topic } from '#shared/design/design.ts';
import type { OwnSpec } from './field-spec.ts';
import { PairRows } from './pair-rows.tsx';

/** Further configuration of a topic, as Kafka spells it. */
export const topicConfigField: OwnSpec<Topic> = {
  control: 'own',
  field: 'config',
  label: 'Further configuration',
  render: (topic, change) => (
    <PairRows
      pairs={topic.config ?? {}}
      known={topicSettings}
      elsewhere={{ 'cleanup.policy': 'as “Clean-up” above', 'retention.ms': 'as “Retention” above' }}
      change={(config) => change({ ...topic, config: Object.keys(config).length === 0 ? undefined : config })}
    />
  ),
};

type Connector = { readonly config: Readonly<Record<string, string>> };

export function connectorConfigField<T extends Connector>(): OwnSpec<T> {
  return {
    control: 'own',
    field: 'config',
    label: 'Connector configuration',
    render: (operator, change) => (
      <PairRows
        pairs={operator.config}
        known={connectorSettings}
        elsewhere={{ 'connector.class': 'as “Connector class” above', topics: 'by the topic it is drawn to' }}
        change={(config) => change({ ...operator, config })}
      />
    ),
  };
}

const topicSettings: readonly string[] = [
  'compression.type',
  'delete.retention.ms',
  'max.compaction.lag.ms',
  'max.message.bytes',
  'message.timestamp.type',
  'min.cleanable.dirty.ratio',
  'min.compaction.lag.ms',
  'min.insync.replicas',
  'retention.bytes',
  'segment.bytes',
  'segment.ms',
  'unclean.leader.election.enable',
];

const connectorSettings: readonly string[] = [
  'errors.deadletterqueue.topic.name',
  'errors.tolerance',
  'key.converter',
  'tasks.max',
  'transforms',
  'value.converter',
];
