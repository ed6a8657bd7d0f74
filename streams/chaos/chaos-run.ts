import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ChaosJudge } from './chaos-judge.ts';
import { type Check, checkOutput } from './check-output.ts';
import { planFaults } from './fault-plan.ts';
import { FaultMaker } from './faults.ts';
import { Feeder } from './feeder.ts';
import { Instance } from './instance.ts';
import { keepBrokerLog, type LocalBrokers, startBrokers } from './local-brokers.ts';
import type { ChaosOptions } from './options.ts';
import { createRandom, type Random } from './random.ts';
import { REPARTITION, TOPICS } from './topology.ts';

/** How a run ended. */
export interface ChaosResult {
  readonly faults: number;
  readonly lost: number;
  readonly doubled: number;
  /** What else went wrong, one sentence each; empty when all is well. */
  readonly problems: readonly string[];
}

const PARTITIONS = 4;
const SESSION_TIMEOUT_MS = 3_000;
const APPLICATION = 'chaos';
/** Work goes on within this time after a fault, or the next one begins all the same. */
const PROGRESS_TIME_LIMIT_MS = 15_000;
const PROGRESS_RECORDS = 50;
/** Without faults, lag that does not shrink for so long is a stall. */
const STALL_MS = 60_000;
const DRAIN_TIME_LIMIT_MS = 240_000;
const START_TIME_LIMIT_MS = 60_000;
/** Clients without brokers would go on trying. */
const CLOSE_TIME_LIMIT_MS = 1_000;

/** Starts everything, breaks it, waits until all is processed, and compares. Ends what it started. */
export async function runChaos(
  options: ChaosOptions,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<ChaosResult> {
  const folder = fileURLToPath(new URL(`../../.local/chaos/${options.seed}-${process.pid}`, import.meta.url));
  await mkdir(folder, { recursive: true });
  const brokers = await startBrokers(options.brokers, {
    signal,
    dataDir: options.keep ? path.join(folder, 'data') : null,
  });
  const run = new ChaosRun(options, signal, say, brokers, folder);
  try {
    return await run.go();
  } finally {
    await run.end();
    if (options.keep) say(`logs and data are in ${folder}`);
    else await rm(folder, { recursive: true, force: true });
  }
}

class ChaosRun {
  readonly #options: ChaosOptions;
  readonly #signal: AbortSignal;
  readonly #say: (line: string) => void;
  readonly #brokers: LocalBrokers;
  readonly #folder: string;
  readonly #random: Random;
  readonly #judge: ChaosJudge;
  readonly #feeder: Feeder;
  readonly #instances: readonly Instance[];
  readonly #problems: string[] = [];
  readonly #started = Date.now();
  #logsKept = 0;

  constructor(
    options: ChaosOptions,
    signal: AbortSignal,
    say: (line: string) => void,
    brokers: LocalBrokers,
    folder: string,
  ) {
    this.#options = options;
    this.#signal = signal;
    this.#say = say;
    this.#brokers = brokers;
    this.#folder = folder;
    this.#random = createRandom(options.seed);
    this.#judge = new ChaosJudge(brokers.bootstrapServers);
    this.#feeder = new Feeder(brokers.bootstrapServers, options.rate);
    this.#instances = Array.from({ length: options.instances + 1 }, (_, index) => this.#instance(index));
  }

  async go(): Promise<ChaosResult> {
    await this.#prepare();
    const faults = await this.#breakThings();
    const fed = await this.#feeder.stop();
    this.#tell(`${fed.acknowledged.size} events written; waiting until all are processed`);
    const idle = await this.#drain();
    if (!idle) return { faults, lost: 0, doubled: 0, problems: this.#problems };
    const checks = await checkOutput({
      bootstrapServers: this.#brokers.bootstrapServers,
      applicationId: APPLICATION,
      fed,
      instances: this.#instances,
      signal: this.#signal,
    });
    for (const check of checks) this.#report(check);
    return {
      faults,
      lost: checks.reduce((sum, { lost }) => sum + lost, 0),
      doubled: checks.reduce((sum, { doubled }) => sum + doubled, 0),
      problems: this.#problems,
    };
  }

  /** Ends instances and brokers, whatever state they are in. */
  async end(): Promise<void> {
    await Promise.allSettled(this.#instances.map((instance) => instance.kill()));
    if (this.#options.keep) for (const { id } of this.#brokers.brokers) await this.#keepLog(id);
    const closed = Promise.allSettled([this.#judge.close(), this.#feeder.close()]);
    await Promise.race([closed, sleep(CLOSE_TIME_LIMIT_MS)]);
    // Killed rather than stopped: a broker that is frozen, or without its controller, would take long.
    await Promise.allSettled(this.#brokers.brokers.map((broker) => broker.kill()));
    await this.#brokers.stop();
  }

  #instance(index: number): Instance {
    const name = `instance ${index + 1}`;
    return new Instance(
      name,
      {
        applicationId: APPLICATION,
        bootstrapServers: this.#brokers.bootstrapServers,
        processingGuarantee: this.#options.guarantee,
        sessionTimeoutMs: SESSION_TIMEOUT_MS,
        logFile: path.join(this.#folder, `instance-${index + 1}.log`),
        // Both kinds of membership take over in their own way.
        ...(index === 0 ? { instanceId: 'static-1' } : {}),
      },
      (sentence) => {
        this.#tell(sentence);
        // Whoever starts while the only broker is away has to be started again.
        const alone = this.#options.brokers === 1 && sentence.includes('No broker answers');
        if (!alone) this.#problems.push(sentence);
      },
    );
  }

  async #prepare(): Promise<void> {
    const topics = Object.values(TOPICS).map((topic): [string, number] => [topic, PARTITIONS]);
    await this.#judge.createTopics(Object.fromEntries(topics), Math.min(3, this.#options.brokers));
    await this.#until(() => this.#judge.isWhole(), 'The new topics have no leaders');
    await this.#feeder.start();
    for (const instance of this.#instances.slice(0, this.#options.instances)) instance.start();
    await this.#until(async () => this.#processed() > 0, 'No instance processed anything');
    this.#tell(`${this.#options.instances} instances and ${this.#options.brokers} brokers are at work`);
  }

  async #breakThings(): Promise<number> {
    const { faults, minutes, brokers, instances } = this.#options;
    const deadline = this.#started + minutes * 60_000;
    const maker = new FaultMaker({
      instances: this.#instances,
      leastInstances: Math.min(2, instances),
      brokers: this.#brokers.brokers,
      judge: this.#judge,
      random: this.#random,
      sessionTimeoutMs: SESSION_TIMEOUT_MS,
      signal: this.#signal,
      beforeBrokerEnds: async (id) => {
        if (this.#options.keep) await this.#keepLog(id);
      },
      say: (text) => this.#tell(`  ${text}`),
    });
    let made = 0;
    for (const kind of planFaults(faults, this.#random, brokers)) {
      if (Date.now() > deadline) break;
      this.#reviveInstances();
      this.#tell(`fault ${made + 1} of ${faults}: ${kind}`);
      const before = this.#processed();
      await maker.make(kind);
      made += 1;
      await this.#untilProgress(before);
      await this.#pause(this.#random.between(100, 1_200));
    }
    if (made < faults) {
      this.#problems.push(
        `Only ${made} of ${faults} faults happened in ${minutes} minutes; allow more with --minutes.`,
      );
    }
    await maker.healed();
    this.#reviveInstances();
    return made;
  }

  /** An instance that ended by itself has been noted as a problem; the run goes on with it. */
  #reviveInstances(): void {
    const alive = this.#instances.filter((instance) => instance.alive).length;
    const missing = Math.max(0, Math.min(2, this.#options.instances) - alive);
    for (const instance of this.#instances.filter((each) => !each.alive).slice(0, missing)) instance.start();
  }

  async #untilProgress(before: number): Promise<void> {
    const deadline = Date.now() + PROGRESS_TIME_LIMIT_MS;
    while (this.#processed() < before + PROGRESS_RECORDS) {
      if (Date.now() > deadline) {
        this.#tell(`  nothing processed for ${PROGRESS_TIME_LIMIT_MS / 1_000} s; going on`);
        return;
      }
      await this.#pause(100);
    }
  }

  /** True when every input was consumed and the instances run; false, with the reason noted, otherwise. */
  async #drain(): Promise<boolean> {
    const inputs = [TOPICS.events, TOPICS.labels, `${APPLICATION}-${REPARTITION}-repartition`];
    const deadline = Date.now() + DRAIN_TIME_LIMIT_MS;
    let least = Number.POSITIVE_INFINITY;
    let shrunkAt = Date.now();
    for (;;) {
      const lag = await this.#judge.lag(APPLICATION, inputs);
      const running = this.#instances.every(({ alive, state }) => !alive || state === 'RUNNING');
      if (lag === 0 && running) return true;
      if (lag < least) {
        least = lag;
        shrunkAt = Date.now();
      }
      if (Date.now() > deadline || Date.now() - shrunkAt > STALL_MS) {
        const states = this.#instances.map(({ name, state }) => `${name} ${state}`).join(', ');
        this.#problems.push(`Processing stalled: ${lag} records are not consumed (${states}).`);
        return false;
      }
      await this.#pause(300);
    }
  }

  #report({ what, compared, lost, doubled, disordered, examples }: Check): void {
    this.#tell(`${what}: ${compared} compared, ${lost} lost, ${doubled} doubled`);
    for (const example of examples) this.#tell(`  ${example}`);
    if (disordered > 0) this.#problems.push(`${what}: ${disordered} came after a later one.`);
  }

  async #keepLog(id: number): Promise<void> {
    this.#logsKept += 1;
    const name = `broker-${id}.${String(this.#logsKept).padStart(3, '0')}.log`;
    await keepBrokerLog(this.#brokers, id, path.join(this.#folder, name));
  }

  #processed(): number {
    return this.#instances.reduce((sum, { processed }) => sum + processed, 0);
  }

  async #until(condition: () => Promise<boolean>, otherwise: string): Promise<void> {
    const deadline = Date.now() + START_TIME_LIMIT_MS;
    while (!(await condition())) {
      if (Date.now() > deadline) throw new Error(`${otherwise} within ${START_TIME_LIMIT_MS / 1_000} s.`);
      await this.#pause(100);
    }
  }

  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#signal });
  }

  #tell(text: string): void {
    const at = Math.round((Date.now() - this.#started) / 1_000);
    this.#say(`${String(Math.floor(at / 60)).padStart(2, ' ')}:${String(at % 60).padStart(2, '0')} ${text}`);
  }
}
