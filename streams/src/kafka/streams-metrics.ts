import type { DropReason, PunctuationType } from '../processor.ts';
import { Histogram } from './histogram.ts';
import type {
  InstanceGauges,
  MetricsSnapshot,
  ProducedFigures,
  RestoreFigures,
  TaskFigures,
} from './metrics-snapshot.ts';

const COMMIT_BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const LATENCY_BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600, 3600];

/** Counts per name; a name that never came up is not in it. */
type Tally<N extends string> = Partial<Record<N, number>>;

/** Counts what happens in one task. */
export class TaskMetrics {
  readonly task: string;
  readonly #dropped: Tally<DropReason> = {};
  readonly #failed: Tally<DropReason> = {};
  readonly #deadLetters: Record<string, number> = {};
  readonly #punctuations: Tally<PunctuationType> = {};
  readonly #restored: Record<string, number> = {};
  #processed = 0;

  constructor(task: string) {
    this.task = task;
  }

  processed(count: number): void {
    this.#processed += count;
  }

  dropped(reason: DropReason): void {
    add(this.#dropped, reason, 1);
  }

  failed(cause: DropReason): void {
    add(this.#failed, cause, 1);
  }

  deadLetter(topic: string): void {
    add(this.#deadLetters, topic, 1);
  }

  punctuated(type: PunctuationType): void {
    add(this.#punctuations, type, 1);
  }

  restored(store: string, count: number): void {
    add(this.#restored, store, count);
  }

  figures(): TaskFigures {
    return {
      task: this.task,
      processed: this.#processed,
      dropped: { ...this.#dropped },
      failed: { ...this.#failed },
      deadLetters: { ...this.#deadLetters },
      punctuations: { ...this.#punctuations },
      restored: { ...this.#restored },
    };
  }
}

/** Counts what happens in an instance; reading costs nothing to those who count. */
export class StreamsMetrics {
  readonly #tasks = new Map<string, TaskMetrics>();
  readonly #produced = new Map<string, { records: number; bytes: number }>();
  readonly #restoring = new Map<string, RestoreFigures>();
  readonly #commitDuration = new Histogram(COMMIT_BOUNDS);
  readonly #latency = new Histogram(LATENCY_BOUNDS);
  #rebalances = 0;
  #migrated = 0;
  #processTimeMs = 0;

  /** The same object for the same task, however often it comes here. */
  task(id: string): TaskMetrics {
    let task = this.#tasks.get(id);
    if (task === undefined) {
      task = new TaskMetrics(id);
      this.#tasks.set(id, task);
    }
    return task;
  }

  /** After a turn of the loop that took `durationMs`. */
  turned(durationMs: number): void {
    this.#processTimeMs += durationMs;
  }

  /** How late a record was processed after its timestamp. */
  lateness(ms: number): void {
    this.#latency.observe(Math.max(0, ms) / 1000);
  }

  produced(topic: string, records: number, bytes: number): void {
    const produced = this.#produced.get(topic) ?? { records: 0, bytes: 0 };
    this.#produced.set(topic, produced);
    produced.records += records;
    produced.bytes += bytes;
  }

  /** Progress of a restore: what is left to read, null when it ended. */
  restoring(task: string, store: string, remaining: number | null): void {
    const key = `${task} ${store}`;
    if (remaining === null) this.#restoring.delete(key);
    else this.#restoring.set(key, { task, store, remaining });
  }

  /** The task's stores are not restored any more, or begin anew. */
  restoreGivenUp(task: string): void {
    for (const [key, each] of this.#restoring) if (each.task === task) this.#restoring.delete(key);
  }

  committed(durationMs: number): void {
    this.#commitDuration.observe(durationMs / 1000);
  }

  rebalanced(): void {
    this.#rebalances += 1;
  }

  migrated(): void {
    this.#migrated += 1;
  }

  snapshot(gauges: InstanceGauges): MetricsSnapshot {
    const byTask = [...this.#tasks.values()].map((task) => task.figures());
    const produced: ProducedFigures[] = [...this.#produced].map(([topic, each]) => ({ topic, ...each }));
    const commitDuration = this.#commitDuration.figures();
    return {
      recordsProcessed: total(byTask.map(({ processed }) => processed)),
      recordsRestored: total(byTask.flatMap(({ restored }) => Object.values(restored))),
      recordsDropped: tallied(byTask.map(({ dropped }) => dropped)),
      deadLetters: total(byTask.flatMap(({ deadLetters }) => Object.values(deadLetters))),
      commits: commitDuration.count,
      commitTimeMs: commitDuration.sum * 1000,
      rebalances: this.#rebalances,
      tasksMigrated: this.#migrated,
      tasks: gauges.tasks.length,
      lag: Object.fromEntries(
        gauges.lag.map(({ topic, partition, records }) => [`${topic}-${partition}`, records]),
      ),
      byTask,
      produced,
      gauges,
      restoring: [...this.#restoring.values()],
      commitDuration,
      latency: this.#latency.figures(),
      processTimeMs: this.#processTimeMs,
    };
  }
}

function add<N extends string>(tally: Tally<N>, name: N, count: number): void {
  tally[name] = (tally[name] ?? 0) + count;
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

function tallied<N extends string>(tallies: readonly Tally<N>[]): Tally<N> {
  const sums: Tally<N> = {};
  for (const tally of tallies) {
    for (const name of Object.keys(tally) as N[]) add(sums, name, tally[name] ?? 0);
  }
  return sums;
}
