import {
  createGlobalStores,
  type GlobalStores,
  GlobalUpdates,
  type LogRecord,
  type TopologyPlan,
} from '@millstream/streams';
import type { SandboxInstance } from '#shared/contract/sandbox.ts';
import { TaskRunner, type TaskSurroundings } from './task-runner.ts';

/** A task an instance may be given. */
export interface TaskPlace {
  readonly id: string;
  readonly subtopology: number;
  readonly partition: number;
}

/** One running copy of a service: a member of its group, with tasks and the global tables. */
export class Instance {
  readonly id: string;
  readonly plan: TopologyPlan;
  readonly tasks = new Map<string, TaskRunner>();
  readonly #around: TaskSurroundings;
  readonly #globalPositions = new Map<string, number>();
  globals: GlobalStores;
  /** What applies to the global tables what arrives later; null: they are not loaded yet. */
  #globalUpdates: GlobalUpdates | null = null;
  state: SandboxInstance['state'] = 'rebalancing';
  failure: string | null = null;

  constructor(id: string, plan: TopologyPlan, around: TaskSurroundings) {
    this.id = id;
    this.plan = plan;
    this.#around = around;
    this.globals = createGlobalStores(plan);
  }

  get alive(): boolean {
    return this.state !== 'crashed' && this.state !== 'failed';
  }

  /** Takes exactly these tasks: commits and closes what it gives up, restores what it is given. */
  assign(places: readonly TaskPlace[]): void {
    const wanted = new Set(places.map((place) => place.id));
    for (const [id, task] of this.tasks) {
      if (wanted.has(id)) continue;
      task.commit();
      task.close();
      this.tasks.delete(id);
    }
    this.#loadGlobals();
    for (const place of places) {
      const part = this.plan.subtopologies[place.subtopology];
      if (this.tasks.has(place.id) || part === undefined) continue;
      this.tasks.set(place.id, new TaskRunner(part, place.partition, this.globals, this.#around));
    }
    this.state = 'running';
  }

  /** One round: each task processes up to `limit` records. */
  run(limit: number): number {
    this.#followGlobals((record) => this.#globalUpdates?.apply(record));
    let processed = 0;
    for (const task of this.tasks.values()) processed += task.run(limit);
    return processed;
  }

  commit(): void {
    for (const task of this.tasks.values()) task.commit();
  }

  /** Ends without a commit: all that was not committed is lost or will be done again. */
  end(state: 'crashed' | 'failed', failure: string | null): void {
    for (const task of this.tasks.values()) task.close();
    this.tasks.clear();
    this.globals.close();
    this.state = state;
    this.failure = failure;
  }

  /** Starts again with empty memory; it has no tasks until the group is rebalanced. */
  restart(): void {
    this.globals = createGlobalStores(this.plan);
    this.#globalPositions.clear();
    this.#globalUpdates = null;
    this.state = 'rebalancing';
    this.failure = null;
  }

  /** Inputs by topic, as a member's assignment shows them. */
  assignments(): { topic: string; partitions: number[] }[] {
    const inputs = [...this.tasks.values()].flatMap((task) => [...task.inputs]);
    return [...Map.groupBy(inputs, (input) => input.topic)].map(([topic, each]) => ({
      topic,
      partitions: each.map(({ partition }) => partition).toSorted((left, right) => left - right),
    }));
  }

  /** As Kafka Streams does: they are loaded unread, and handlers are asked about what arrives later. */
  #loadGlobals(): void {
    if (this.#globalUpdates !== null) return;
    this.#followGlobals((record) => this.globals.update(record));
    const { errorHandling, onDropped } = this.#around;
    this.#globalUpdates = new GlobalUpdates(this.globals, { errorHandling, onDropped });
  }

  #followGlobals(apply: (record: LogRecord) => void): void {
    for (const topic of this.globals.topics) {
      const count = this.#around.log.partitionCount(topic);
      for (let partition = 0; partition < count; partition += 1) this.#followGlobal(topic, partition, apply);
    }
  }

  #followGlobal(topic: string, partition: number, apply: (record: LogRecord) => void): void {
    const log = this.#around.log.partition(topic, partition);
    const place = `${topic} ${partition}`;
    const position = this.#globalPositions.get(place) ?? log.startOffset;
    if (position >= log.endOffset) return;
    for (const record of log.read(position, Number.MAX_SAFE_INTEGER)) {
      this.#globalPositions.set(place, record.offset + 1);
      apply({ ...record, topic, partition });
    }
    this.#globalPositions.set(place, log.endOffset);
  }
}
