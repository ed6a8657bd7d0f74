import type { KafkaStreamsState } from '../kafka/kafka-streams.ts';
import type { MetricsSnapshot, TaskFigures } from '../kafka/metrics-snapshot.ts';
import { type Family, type Sample, writeExposition } from './exposition.ts';

const PREFIX = 'millstream_streams_';

const states: readonly KafkaStreamsState[] = [
  'CREATED',
  'REBALANCING',
  'RUNNING',
  'PENDING_SHUTDOWN',
  'NOT_RUNNING',
  'ERROR',
];

/**
 * An instance's metrics in Prometheus' text format. Rates are for Prometheus to compute
 * (`rate(millstream_streams_records_processed_total[1m])`).
 */
export function toPrometheus(metrics: MetricsSnapshot, state: KafkaStreamsState): string {
  const families = [
    ...taskCounters(metrics.byTask),
    ...outputCounters(metrics),
    ...instanceFamilies(metrics, state),
    ...gaugeFamilies(metrics),
  ];
  return writeExposition(families.map((family) => ({ ...family, name: PREFIX + family.name })));
}

function taskCounters(tasks: readonly TaskFigures[]): Family[] {
  return [
    counter(
      'records_processed_total',
      'Records processed.',
      tasks.map(({ task, processed }) => ({ labels: { task }, value: processed })),
    ),
    counter(
      'records_dropped_total',
      'Records left out instead of processed, by reason; late is a record after its window closed.',
      tallySamples(tasks, ({ dropped }) => dropped, 'reason'),
    ),
    counter(
      'records_failed_total',
      'Records whose error ended the instance, by kind of error.',
      tallySamples(tasks, ({ failed }) => failed, 'reason'),
    ),
    counter(
      'dead_letters_total',
      'Records written to dead-letter topics.',
      tallySamples(tasks, ({ deadLetters }) => deadLetters, 'topic'),
    ),
    counter(
      'punctuations_total',
      'Punctuations fired.',
      tallySamples(tasks, ({ punctuations }) => punctuations, 'type'),
    ),
    counter(
      'records_restored_total',
      'Changelog records read back into stores.',
      tallySamples(tasks, ({ restored }) => restored, 'store'),
    ),
  ];
}

function outputCounters({ produced }: MetricsSnapshot): Family[] {
  return [
    counter(
      'records_produced_total',
      'Records written, changelogs and repartition topics included.',
      produced.map(({ topic, records }) => ({ labels: { topic }, value: records })),
    ),
    counter(
      'produced_bytes_total',
      'Bytes of the record batches written.',
      produced.map(({ topic, bytes }) => ({ labels: { topic }, value: bytes })),
    ),
  ];
}

function instanceFamilies(metrics: MetricsSnapshot, state: KafkaStreamsState): Family[] {
  return [
    counter('process_seconds_total', 'Time spent processing records.', plain(metrics.processTimeMs / 1000)),
    counter(
      'rebalances_total',
      'Rebalances of the group this instance took part in.',
      plain(metrics.rebalances),
    ),
    counter(
      'tasks_migrated_total',
      'Times the tasks were given up because another instance had them or the cluster was out of reach.',
      plain(metrics.tasksMigrated),
    ),
    {
      type: 'histogram',
      name: 'commit_duration_seconds',
      help: 'How long a commit took.',
      figures: metrics.commitDuration,
    },
    {
      type: 'histogram',
      name: 'record_latency_seconds',
      help: 'From the timestamp of a record to its processing; the last record of each batch is measured.',
      figures: metrics.latency,
    },
    gauge(
      'state',
      'The state of the instance: 1 for the present one.',
      states.map((each) => ({ labels: { state: each }, value: each === state ? 1 : 0 })),
    ),
    gauge('tasks', 'Tasks that run on this instance.', plain(metrics.tasks)),
  ];
}

function gaugeFamilies({ gauges, restoring }: MetricsSnapshot): Family[] {
  return [
    gauge(
      'lag_records',
      'Records of a source partition still to be processed.',
      gauges.lag.map(({ task, topic, partition, records }) => ({
        labels: { task, topic, partition: String(partition) },
        value: records,
      })),
    ),
    gauge(
      'store_entries',
      'Entries of a store, approximately.',
      gauges.stores.map(({ task, store, entries }) => ({ labels: { task, store }, value: entries })),
    ),
    gauge(
      'restore_remaining_records',
      'Changelog records still to be read before a store is ready, by offsets.',
      restoring.map(({ task, store, remaining }) => ({ labels: { task, store }, value: remaining })),
    ),
  ];
}

function counter(name: string, help: string, samples: readonly Sample[]): Family {
  return { type: 'counter', name, help, samples };
}

function gauge(name: string, help: string, samples: readonly Sample[]): Family {
  return { type: 'gauge', name, help, samples };
}

function plain(value: number): Sample[] {
  return [{ labels: {}, value }];
}

function tallySamples(
  tasks: readonly TaskFigures[],
  tally: (task: TaskFigures) => Readonly<Record<string, number | undefined>>,
  label: string,
): Sample[] {
  return tasks.flatMap((each) =>
    Object.entries(tally(each)).map(([name, value]) => ({
      labels: { task: each.task, [label]: name },
      value: value ?? 0,
    })),
  );
}
