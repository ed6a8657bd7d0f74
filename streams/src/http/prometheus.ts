import type { KafkaStreamsState } from '../kafka/kafka-streams.ts';
import type { MetricsSnapshot } from '../kafka/streams-metrics.ts';

const PREFIX = 'millstream_streams';

interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Metrics in Prometheus' text format (version 0.0.4). */
export function toPrometheus(metrics: MetricsSnapshot, state: KafkaStreamsState): string {
  const plain = (value: number): Sample[] => [{ labels: {}, value }];
  const families: [name: string, type: 'counter' | 'gauge', samples: Sample[]][] = [
    ['records_processed_total', 'counter', plain(metrics.recordsProcessed)],
    ['records_restored_total', 'counter', plain(metrics.recordsRestored)],
    [
      'records_dropped_total',
      'counter',
      Object.entries(metrics.recordsDropped).map(([reason, value]) => ({ labels: { reason }, value })),
    ],
    ['commits_total', 'counter', plain(metrics.commits)],
    ['commit_seconds_total', 'counter', plain(metrics.commitTimeMs / 1000)],
    ['rebalances_total', 'counter', plain(metrics.rebalances)],
    ['tasks_migrated_total', 'counter', plain(metrics.tasksMigrated)],
    ['tasks', 'gauge', plain(metrics.tasks)],
    ['running', 'gauge', plain(state === 'RUNNING' ? 1 : 0)],
    [
      'lag_records',
      'gauge',
      Object.entries(metrics.lag).map(([partition, value]) => ({ labels: { partition }, value })),
    ],
  ];
  return families.map(([name, type, samples]) => family(`${PREFIX}_${name}`, type, samples)).join('');
}

function family(name: string, type: string, samples: readonly Sample[]): string {
  const lines = samples.map(({ labels, value }) => {
    const text = Object.entries(labels)
      .map(([key, label]) => `${key}="${label.replace(/["\\\n]/g, '_')}"`)
      .join(',');
    return `${name}${text === '' ? '' : `{${text}}`} ${value}\n`;
  });
  return `# TYPE ${name} ${type}\n${lines.join('')}`;
}
