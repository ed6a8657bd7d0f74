import { assertNever } from '#shared/base/assert-never.ts';
import type { SandboxAction, SandboxState } from '#shared/contract/sandbox.ts';
import type { Design } from '#shared/design/design.ts';
import type { ClusterPort } from '../cluster-port.ts';
import { SandboxProblem } from './design/sandbox-problem.ts';
import { FeedRunner } from './run/feed-runner.ts';
import { Gateway, type GatewayAnswer } from './run/gateway.ts';
import { ServiceRuntime } from './run/service-runtime.ts';
import { SandboxGroups } from './sandbox-groups.ts';
import { SandboxLog } from './sandbox-log.ts';
import { createSandboxPort } from './sandbox-port.ts';

/** The step of the sandbox's clock, in milliseconds; all that happens within one carries the same time. */
export const stepMs = 100;
/** Real time one tick may take before the sandbox lets its clock fall behind. */
const tickBudgetMs = 60;

export interface SandboxOptions {
  /** Where the sandbox's clock starts, in milliseconds since the epoch. */
  readonly startAt: number;
  /** False: the clock moves only by `advance`. */
  readonly realTime: boolean;
}

/**
 * A design run in memory: topics, groups, instances and the world outside, on a clock of their own. The same
 * engine as in production processes the records; only Kafka is played.
 */
export class Sandbox {
  readonly port: ClusterPort;
  readonly #log = new SandboxLog();
  readonly #groups = new SandboxGroups();
  readonly #gateway: Gateway;
  readonly #services: readonly ServiceRuntime[];
  readonly #feeds: readonly FeedRunner[];
  readonly #changed = new Set<() => void>();
  readonly #watchers = new Set<() => void>();
  #now: number;
  #speed = 1;
  #running: boolean;
  #timer: NodeJS.Timeout | null = null;
  #sideEffects = 0;

  /** Throws a SandboxProblem with one sentence when the design cannot run. */
  constructor(design: Design, options: SandboxOptions) {
    this.#now = options.startAt;
    this.#running = options.realTime;
    const now = (): number => this.#now;
    const [log, groups] = [this.#log, this.#groups];
    createTopics(design, log);
    const onSideEffect = (): void => {
      this.#sideEffects += 1;
    };
    this.#services = design.services.map(
      (service) => new ServiceRuntime({ design, service, log, groups, now, onSideEffect }),
    );
    const runtimeOf = (id: string) => this.#services.find((runtime) => runtime.service.id === id);
    this.#gateway = new Gateway({ design, log, now, runtimeOf });
    this.#feeds = design.feeds.map(
      (feed) => new FeedRunner(design, feed, log, this.#gateway, options.startAt),
    );
    for (const runtime of this.#services) runtime.start();
    this.port = createSandboxPort({
      log,
      groups,
      now,
      changed: (maxWaitMs, signal) => this.#nextChange(maxWaitMs, signal),
      onClose: () => this.close(),
    });
    if (options.realTime) this.#timer = setInterval(() => this.#tick(), stepMs);
  }

  get state(): SandboxState {
    return {
      running: this.#running,
      now: this.#now,
      speed: this.#speed,
      services: this.#services.map(({ service, instances }) => ({
        service: service.id,
        instances: [...instances],
      })),
      feeds: this.#feeds.map(({ feed, perSecond, sent, paused }) => ({
        feed: feed.id,
        perSecond,
        sent,
        paused,
      })),
    };
  }

  /** Side effects noted since the start; none is carried out. */
  get sideEffects(): number {
    return this.#sideEffects;
  }

  /** Called after each change of the state. Gives a function that stops it. */
  watch(changed: () => void): () => void {
    this.#watchers.add(changed);
    return () => this.#watchers.delete(changed);
  }

  /** False: what the action names is not there, or not in the state for it. */
  act(action: SandboxAction): boolean {
    const done = this.#act(action);
    this.#tell();
    return done;
  }

  request(
    operator: string,
    params: Readonly<Record<string, string>>,
    body: unknown,
  ): Promise<GatewayAnswer | null> {
    return this.#gateway.request(operator, params, body);
  }

  /** Lets the clock run on by so many milliseconds, at once. */
  advance(ms: number): void {
    for (let left = ms; left > 0; left -= stepMs) this.#step(Math.min(stepMs, left));
    this.#tell();
  }

  close(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    this.#running = false;
    this.#gateway.close();
    this.#tell();
  }

  #act(action: SandboxAction): boolean {
    switch (action.do) {
      case 'pause':
        this.#running = false;
        return true;
      case 'resume':
        this.#running = true;
        return true;
      case 'advance':
        this.advance(action.ms);
        return true;
      case 'speed':
        this.#speed = action.speed;
        return true;
      case 'crash':
        return this.#services.some((runtime) => runtime.crash(action.instance));
      case 'restart':
        return this.#services.some((runtime) => runtime.restart(action.instance));
      case 'addInstance':
        return this.#addInstance(action.service);
      case 'feed':
        return this.#setFeed(action.feed, action.paused, action.perSecond);
      default:
        return assertNever(action, 'sandbox action');
    }
  }

  #addInstance(service: string): boolean {
    const runtime = this.#services.find((each) => each.service.id === service);
    runtime?.addInstance();
    return runtime !== undefined;
  }

  #setFeed(id: string, paused: boolean, perSecond: number): boolean {
    const runner = this.#feeds.find(({ feed }) => feed.id === id);
    if (runner === undefined) return false;
    runner.paused = paused;
    runner.perSecond = perSecond;
    return true;
  }

  #tick(): void {
    if (!this.#running) return;
    const begun = performance.now();
    for (let left = stepMs * this.#speed; left > 0; left -= stepMs) {
      if (performance.now() - begun > tickBudgetMs) break;
      this.#step(Math.min(stepMs, left));
    }
    this.#tell();
  }

  #step(ms: number): void {
    this.#now += ms;
    for (const feed of this.#feeds) feed.step(this.#now, ms);
    for (const runtime of this.#services) runtime.step();
    this.#gateway.step();
  }

  #tell(): void {
    for (const resolve of this.#changed) resolve();
    this.#changed.clear();
    for (const watcher of this.#watchers) watcher();
  }

  #nextChange(maxWaitMs: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        this.#changed.delete(done);
        resolve();
      };
      const timer = setTimeout(done, maxWaitMs);
      signal?.addEventListener('abort', done, { once: true });
      this.#changed.add(done);
    });
  }
}

function createTopics(design: Design, log: SandboxLog): void {
  for (const topic of design.topics) {
    const retention = { 'retention.ms': topic.retentionMs === null ? '-1' : String(topic.retentionMs) };
    const created = log.create({
      name: topic.name,
      partitions: topic.partitions,
      replication: topic.replication,
      configs: { 'cleanup.policy': topic.cleanup, ...retention, ...topic.config },
    });
    if (!created) throw new SandboxProblem(`Two topics are called ${topic.name}; rename one of them.`);
  }
}
