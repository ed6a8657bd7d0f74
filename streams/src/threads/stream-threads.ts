import { Worker } from 'node:worker_threads';
import { StreamsConfigError } from '../errors.ts';
import type { KafkaStreamsState, StateListener } from '../kafka/kafka-streams.ts';
import type { MetricsSnapshot } from '../kafka/metrics-snapshot.ts';
import { type SummedMetrics, sumMetrics } from './sum-metrics.ts';
import type { FromThread, ThreadData, ToThread } from './thread-messages.ts';

/** How many threads share the work. */
export interface ThreadsOptions {
  readonly threads: number;
}

/** Figures of all threads, added up where that has a meaning, and each thread's own. */
export interface ThreadsMetrics extends SummedMetrics {
  readonly threads: readonly MetricsSnapshot[];
}

/** Instances in threads of this process. */
export interface StreamsThreads {
  /** RUNNING when all threads run; ERROR when one has failed, which ends the others. */
  readonly state: KafkaStreamsState;
  /** The error of the thread that failed. */
  readonly error: Error | null;
  /** Returns a function that stops listening. */
  onStateChange(listener: StateListener): () => void;
  /** Told once when a thread has failed and the others have ended. Returns a function that stops listening. */
  onError(listener: (error: Error) => void): () => void;
  metrics(): Promise<ThreadsMetrics>;
  /**
   * Closes all instances in order. Idempotent: the options of the first call count. Threads that have not
   * ended after `timeoutMs` are ended as a crash would; default: waits.
   */
  close(options?: { readonly timeoutMs?: number }): Promise<void>;
}

/**
 * Runs one instance of a topology in each of several threads, as `num.stream.threads` does: they are
 * members of one group and share its tasks. `module` is the URL of a module that exports
 * `createStreams` (see `CreateStreams`); functions cannot be handed to a thread. Resolves when all
 * run; rejects with the first error, after the other threads have ended.
 *
 * Stores live in the threads. To query them, give each instance a `server` with a port of its own and
 * call `serveStores` in `createStreams`: every thread then answers for all of them.
 */
export async function startThreads(module: string | URL, options: ThreadsOptions): Promise<StreamsThreads> {
  const { threads } = options;
  if (!Number.isSafeInteger(threads) || threads < 1) {
    throw new StreamsConfigError(`threads must be a whole number of at least 1, not ${threads}.`);
  }
  const started = new RunningThreads(String(module), threads);
  await started.untilRunning();
  return started;
}

/** Sources run as they are, and compiled. */
const workerFile = import.meta.url.endsWith('.ts')
  ? new URL('./thread-worker.ts', import.meta.url)
  : new URL('./thread-worker.js', import.meta.url);

interface Thread {
  readonly worker: Worker;
  readonly ended: Promise<unknown>;
  state: KafkaStreamsState;
}

class RunningThreads implements StreamsThreads {
  readonly #threads: readonly Thread[];
  readonly #stateListeners = new Set<StateListener>();
  readonly #errorListeners = new Set<(error: Error) => void>();
  readonly #requests = new Map<number, (metrics: MetricsSnapshot | null) => void>();
  #nextRequest = 0;
  #closed: Promise<void> | null = null;
  #state: KafkaStreamsState = 'CREATED';
  error: Error | null = null;

  constructor(module: string, count: number) {
    this.#threads = Array.from({ length: count }, (_, index) => this.#startThread({ module, index, count }));
  }

  get state(): KafkaStreamsState {
    return this.#state;
  }

  onStateChange(listener: StateListener): () => void {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  }

  onError(listener: (error: Error) => void): () => void {
    this.#errorListeners.add(listener);
    return () => this.#errorListeners.delete(listener);
  }

  async metrics(): Promise<ThreadsMetrics> {
    const snapshots = await Promise.all(this.#threads.map((thread) => this.#askMetrics(thread)));
    const threads = snapshots.filter((snapshot) => snapshot !== null);
    return { ...sumMetrics(threads), threads };
  }

  close(options: { readonly timeoutMs?: number } = {}): Promise<void> {
    this.#closed ??= this.#close(options.timeoutMs);
    return this.#closed;
  }

  async untilRunning(): Promise<void> {
    await new Promise<void>((resolve) => {
      const stop = this.onStateChange((state) => {
        if (state === 'REBALANCING' || state === 'CREATED') return;
        stop();
        resolve();
      });
    });
    if (this.error === null) return;
    await this.close();
    throw this.error;
  }

  #startThread(data: ThreadData): Thread {
    const worker = new Worker(workerFile, { workerData: data });
    const thread: Thread = { worker, ended: endOf(worker), state: 'CREATED' };
    worker.on('message', (message: FromThread) => this.#received(thread, message));
    worker.on('error', (error: Error) => this.#failed(error));
    worker.on('exit', () => {
      if (thread.state !== 'ERROR') thread.state = 'NOT_RUNNING';
      if (this.#closed === null && this.error === null) this.#failed(new Error('A thread ended by itself.'));
      this.#update();
    });
    return thread;
  }

  #received(thread: Thread, message: FromThread): void {
    switch (message.kind) {
      case 'state':
        thread.state = message.state;
        this.#update();
        return;
      case 'metrics':
        this.#requests.get(message.request)?.(message.metrics);
        return;
      case 'error': {
        const error = new Error(message.message);
        error.name = message.name;
        this.#failed(error);
      }
    }
  }

  #failed(error: Error): void {
    if (this.error !== null) return;
    this.error = error;
    this.#update();
    void this.close().then(() => {
      for (const listener of this.#errorListeners) listener(error);
    });
  }

  /** A thread that ends instead of answering has nothing to say. */
  async #askMetrics({ worker, ended }: Thread): Promise<MetricsSnapshot | null> {
    const request = this.#nextRequest;
    this.#nextRequest += 1;
    const answer = new Promise<MetricsSnapshot | null>((resolve) => this.#requests.set(request, resolve));
    worker.postMessage({ kind: 'metrics', request } satisfies ToThread);
    try {
      return await Promise.race([answer, ended.then(() => null)]);
    } finally {
      this.#requests.delete(request);
    }
  }

  async #close(timeoutMs: number | undefined): Promise<void> {
    for (const { worker } of this.#threads) worker.postMessage({ kind: 'close' } satisfies ToThread);
    const impatient = timeoutMs === undefined ? null : setTimeout(() => this.#terminate(), timeoutMs);
    await Promise.all(this.#threads.map(({ ended }) => ended));
    if (impatient !== null) clearTimeout(impatient);
    this.#update();
  }

  #terminate(): void {
    for (const { worker } of this.#threads) void worker.terminate();
  }

  #update(): void {
    const before = this.#state;
    this.#state = this.#combined();
    if (this.#state === before) return;
    for (const listener of [...this.#stateListeners]) listener(this.#state, before);
  }

  #combined(): KafkaStreamsState {
    const states = this.#threads.map(({ state }) => state);
    const all = (state: KafkaStreamsState): boolean => states.every((each) => each === state);
    if (this.error !== null) return 'ERROR';
    if (all('NOT_RUNNING')) return 'NOT_RUNNING';
    if (this.#closed !== null) return 'PENDING_SHUTDOWN';
    if (all('RUNNING')) return 'RUNNING';
    return all('CREATED') ? 'CREATED' : 'REBALANCING';
  }
}

/** However it ends: `events.once` would reject with an error that was not caught in the thread. */
function endOf(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    worker.once('exit', () => resolve());
  });
}
