import type { ChangelogRecord } from '../src/internals/stream-task.ts';
import { StreamTask } from '../src/internals/stream-task.ts';
import type { LogRecord } from '../src/record.ts';
import type { Topology } from '../src/topology.ts';

/** A task that can lose its memory: a new one is restored from what was committed. */
export class RestartingTask {
  readonly #topology: Topology;
  readonly #logs = new Map<string, LogRecord[]>();
  #task: StreamTask;
  #offset = 0;

  constructor(topology: Topology) {
    this.#topology = topology;
    this.#task = this.#open();
    this.#task.init();
  }

  /** Processes a record and commits. */
  pipe(topic: string, key: string, value: string, timestamp: number): void {
    const record = {
      topic,
      partition: 0,
      offset: this.#offset,
      timestamp,
      key: Buffer.from(key),
      value: Buffer.from(value),
      headers: [{ key: 'at', value: Buffer.from(String(timestamp)) }],
    };
    this.#offset += 1;
    this.#task.addRecords(topic, [record]);
    while (this.#task.process()) this.#task.punctuateStreamTime();
    this.#task.flush();
    this.#task.committed();
  }

  restart(): void {
    const numbers = this.#task.consumedOffsets().map((offset) => offset.processorMetadata ?? new Map());
    this.#task.close();
    this.#task = this.#open();
    for (const store of this.#task.stores.keys()) this.#task.restore(store, this.changelog(store));
    for (const each of numbers) this.#task.setProcessorMetadata(each);
    this.#task.init();
  }

  changelog(store: string): readonly ChangelogRecord[] {
    return this.written(`app-${store}-changelog`);
  }

  /** Everything written to a topic, over all restarts. */
  written(topic: string): readonly LogRecord[] {
    return this.#logs.get(topic) ?? [];
  }

  #open(): StreamTask {
    const [subtopology] = this.#topology.plan('app').subtopologies;
    if (subtopology === undefined) throw new Error('The topology has no subtopology.');
    return new StreamTask({
      applicationId: 'app',
      subtopology,
      partition: 0,
      collector: {
        send: (record) => {
          const log = this.written(record.topic);
          this.#logs.set(record.topic, [...log, { ...record, partition: 0, offset: log.length }]);
        },
        partitionCount: () => 1,
      },
      now: () => 0,
      emitIntervalMs: 0,
    });
  }
}
