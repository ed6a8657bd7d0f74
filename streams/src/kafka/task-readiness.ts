import type { TopicPartition } from '../record.ts';
import type { KafkaTask } from './kafka-task.ts';

/** Knows how much of a partition is still to be fetched; null before the first answer. */
export interface LagSource {
  lag(place: TopicPartition): number | null;
}

/**
 * Whether the lowest timestamp can be known: every input has a record waiting, or is known to be at
 * its end. "At its end" is judged by position, never by the last record seen
 * (Kafka Streams: `PartitionGroup#readyToProcess`, max.task.idle.ms).
 */
export function isReady(kafkaTask: KafkaTask, lags: LagSource, maxTaskIdleMs: number): boolean {
  const { task } = kafkaTask;
  if (task.inputs.length === 1 || maxTaskIdleMs < 0) return true;
  if (task.buffered() === 0) return false;
  let waiting = false;
  for (const place of task.inputs) {
    if (task.buffered(place.topic) > 0) continue;
    if (lags.lag(place) !== 0) return false;
    waiting = true;
  }
  if (!waiting || maxTaskIdleMs === 0) {
    kafkaTask.idleSince = null;
    return true;
  }
  kafkaTask.idleSince ??= Date.now();
  return Date.now() - kafkaTask.idleSince >= maxTaskIdleMs;
}
