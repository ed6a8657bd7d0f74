import {
  type ErrorHandlingOptions,
  type GlobalStores,
  type ProducedRecord,
  type StoreHandle,
  StreamTask,
  type SubtopologyPlan,
} from '@millstream/streams';
import type { SandboxGroups } from '../sandbox-groups.ts';
import type { SandboxLog } from '../sandbox-log.ts';

/** What tasks of one service share. */
export interface TaskSurroundings {
  readonly applicationId: string;
  readonly exactlyOnce: boolean;
  readonly log: SandboxLog;
  readonly groups: SandboxGroups;
  readonly now: () => number;
  readonly onDropped: (reason: string) => void;
  readonly errorHandling: ErrorHandlingOptions;
}

/** Records taken from the log at once, for each input. */
const fetchSize = 500;

/**
 * One task of an instance: reads its partitions from where the group committed, processes, and commits. Under
 * exactly-once what it writes waits for the commit and appears together with the offsets; otherwise it is in the
 * log at once, and a crash before the commit makes it appear again.
 */
export class TaskRunner {
  readonly id: string;
  readonly inputs: readonly { readonly topic: string; readonly partition: number }[];
  readonly #task: StreamTask;
  readonly #around: TaskSurroundings;
  readonly #positions = new Map<string, number>();
  #pending: ProducedRecord[] = [];

  constructor(part: SubtopologyPlan, partition: number, globals: GlobalStores, around: TaskSurroundings) {
    this.#around = around;
    this.#task = new StreamTask({
      applicationId: around.applicationId,
      subtopology: part,
      partition,
      sourceTopics: part.sourceTopics.filter((topic) => partition < around.log.partitionCount(topic)),
      collector: {
        send: (record) => this.#send(record),
        partitionCount: (topic) => around.log.partitionCount(topic),
      },
      now: around.now,
      globalStores: globals.stores,
      onDropped: around.onDropped,
      errorHandling: around.errorHandling,
    });
    this.id = this.#task.taskId;
    this.inputs = this.#task.inputs;
    this.#restore(part, partition);
    this.#resume();
    this.#task.init();
    this.#seek();
  }

  get stores(): ReadonlyMap<string, StoreHandle> {
    return this.#task.stores;
  }

  /** Processes up to `limit` records; gives how many there were. */
  run(limit: number): number {
    this.#fetch();
    let processed = 0;
    while (processed < limit && this.#task.process()) {
      processed += 1;
      this.#task.punctuateStreamTime();
    }
    this.#task.punctuateWallClock();
    return processed;
  }

  commit(): void {
    if (!this.#task.commitNeeded) return;
    this.#task.flush();
    for (const record of this.#pending) this.#append(record);
    this.#pending = [];
    this.#around.groups.commit(this.#around.applicationId, this.#task.consumedOffsets());
    this.#task.committed();
  }

  /** Ends the task without a commit; what waited for one is lost, as in a crash. */
  close(): void {
    this.#pending = [];
    this.#task.close();
  }

  #restore(part: SubtopologyPlan, partition: number): void {
    for (const { name, changelog } of part.stores) {
      if (changelog === null) continue;
      const log = this.#around.log.partition(changelog, partition);
      this.#task.restore(name, log.read(log.startOffset, Number.MAX_SAFE_INTEGER));
    }
  }

  /** Goes on at the time at which the group committed. */
  #resume(): void {
    const { groups, applicationId } = this.#around;
    for (const { topic, partition } of this.inputs) {
      const progress = groups.progress(applicationId, topic, partition);
      if (progress === null) continue;
      this.#task.setProcessorMetadata(progress.processorMetadata ?? new Map());
      if (progress.partitionTime >= 0) this.#task.setPartitionTime(topic, progress.partitionTime);
    }
  }

  #seek(): void {
    const { groups, applicationId, log } = this.#around;
    for (const { topic, partition } of this.inputs) {
      const committed = groups.committed(applicationId, topic, partition);
      const position = committed ?? log.partition(topic, partition).startOffset;
      this.#positions.set(topic, position);
      this.#task.setPosition(topic, position);
    }
  }

  #fetch(): void {
    for (const { topic, partition } of this.inputs) {
      if (this.#task.buffered(topic) >= fetchSize) continue;
      const log = this.#around.log.partition(topic, partition);
      const position = this.#positions.get(topic) ?? 0;
      if (position >= log.endOffset) continue;
      const records = log.read(position, fetchSize);
      const last = records.at(-1);
      if (last === undefined) {
        this.#positions.set(topic, log.endOffset);
        continue;
      }
      this.#positions.set(topic, last.offset + 1);
      this.#task.addRecords(
        topic,
        records.map((record) => ({ ...record, topic })),
      );
    }
  }

  #send(record: ProducedRecord): void {
    if (this.#around.exactlyOnce) this.#pending.push(record);
    else this.#append(record);
  }

  #append(record: ProducedRecord): void {
    const { topic, partition, key, value, timestamp, headers } = record;
    this.#around.log.append(topic, partition, { key, value, timestamp, headers });
  }
}
