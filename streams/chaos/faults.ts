import { setTimeout as sleep } from 'node:timers/promises';
import type { ChaosJudge } from './chaos-judge.ts';
import type { FaultKind } from './fault-plan.ts';
import type { Instance } from './instance.ts';
import { BROKER_SESSION_MS, type LocalBroker } from './local-brokers.ts';
import type { Random } from './random.ts';

/** What faults happen to. */
export interface Stage {
  readonly instances: readonly Instance[];
  /** Fewest and most instances that `scale` leaves running. */
  readonly leastInstances: number;
  readonly brokers: readonly LocalBroker[];
  readonly judge: ChaosJudge;
  readonly random: Random;
  readonly sessionTimeoutMs: number;
  readonly signal: AbortSignal;
  /** Called before a broker is killed or restarted, with its id. */
  readonly beforeBrokerEnds: (id: number) => Promise<void>;
  readonly say: (text: string) => void;
}

const WHOLE_TIME_LIMIT_MS = 60_000;

/**
 * Makes faults happen, one after the other. A broker heals while the next faults of instances happen;
 * the next fault of a broker waits for it, so that at most one broker is away at a time.
 */
export class FaultMaker {
  readonly #stage: Stage;
  #healing: Promise<void> = Promise.resolve();

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  async make(kind: FaultKind): Promise<void> {
    switch (kind) {
      case 'kill-instance':
        return this.#killInstance();
      case 'freeze-instance':
        return this.#freezeInstance();
      case 'restart-instance':
        return this.#restartInstance();
      case 'scale':
        return this.#scale();
      case 'kill-broker':
        return this.#breakBroker('killed', (broker) => broker.kill());
      case 'stop-broker':
        return this.#breakBroker('stopped', (broker) => broker.stop());
      case 'freeze-broker':
        return this.#freezeBroker();
    }
  }

  /** Waits until the broker that was broken last is back, with all its replicas in sync. */
  async healed(): Promise<void> {
    await this.#healing;
  }

  #running(): Instance {
    const { instances, random } = this.#stage;
    return random.pick(instances.filter(({ alive }) => alive));
  }

  async #killInstance(): Promise<void> {
    const { random } = this.#stage;
    const victim = this.#running();
    this.#say(`SIGKILL ${describe(victim)}`);
    await victim.kill();
    await this.#pause(random.between(0, 1_500));
    await this.#start(victim);
  }

  /** Longer than its session: the others take its tasks over while it believes it still has them. */
  async #freezeInstance(): Promise<void> {
    const { random, sessionTimeoutMs } = this.#stage;
    const victim = this.#running();
    const length = sessionTimeoutMs + random.between(500, 3_000);
    this.#say(`SIGSTOP ${describe(victim)} for ${seconds(length)}`);
    victim.signal('SIGSTOP');
    await this.#pause(length);
    victim.signal('SIGCONT');
  }

  async #restartInstance(): Promise<void> {
    const victim = this.#running();
    this.#say(`close ${describe(victim)} and start it again`);
    await this.#close(victim);
    await this.#start(victim);
  }

  async #scale(): Promise<void> {
    const { instances, leastInstances, random } = this.#stage;
    const idle = instances.filter(({ alive }) => !alive);
    const mayShrink = instances.length - idle.length > leastInstances;
    if (idle.length > 0 && (!mayShrink || random.between(0, 1) === 0)) {
      const added = random.pick(idle);
      this.#say(`add ${added.name}`);
      await this.#start(added);
    } else {
      const victim = this.#running();
      this.#say(`remove ${describe(victim)}`);
      await this.#close(victim);
      if (!mayShrink) await this.#start(victim);
    }
  }

  async #breakBroker(how: string, end: (broker: LocalBroker) => Promise<void>): Promise<void> {
    await this.#healing;
    const { random, brokers, beforeBrokerEnds } = this.#stage;
    const broker = random.pick(brokers);
    const away = random.between(500, 6_000);
    this.#say(`broker ${broker.id} is ${how}, comes back after ${seconds(away)}`);
    await beforeBrokerEnds(broker.id);
    await end(broker);
    this.#heal(async () => {
      await this.#pause(away);
      this.#stage.signal.throwIfAborted();
      await broker.restart();
    });
  }

  /** Longer than its session: the others take its partitions over while it believes it still leads them. */
  async #freezeBroker(): Promise<void> {
    await this.#healing;
    const { random, brokers } = this.#stage;
    const broker = random.pick(brokers);
    const length = BROKER_SESSION_MS + random.between(500, 5_000);
    this.#say(`SIGSTOP broker ${broker.id} for ${seconds(length)}`);
    await broker.kill('SIGSTOP');
    this.#heal(async () => {
      await this.#pause(length);
      await broker.kill('SIGCONT');
    });
  }

  #heal(work: () => Promise<void>): void {
    const healing = work().then(() => this.#untilWhole());
    // Whoever waits for it hears of a failure; nobody may be waiting yet.
    healing.catch(() => undefined);
    this.#healing = healing;
  }

  async #untilWhole(): Promise<void> {
    const { judge, signal } = this.#stage;
    const deadline = Date.now() + WHOLE_TIME_LIMIT_MS;
    while (!signal.aborted && !(await judge.isWhole())) {
      if (Date.now() > deadline) {
        throw new Error(
          `The replicas are not in sync ${seconds(WHOLE_TIME_LIMIT_MS)} after a broker came back.`,
        );
      }
      await this.#pause(200);
    }
  }

  /** Without any broker an instance says so and ends, as it should. */
  async #start(instance: Instance): Promise<void> {
    if (this.#stage.brokers.length === 1) await this.#healing;
    instance.start();
  }

  async #close(victim: Instance): Promise<void> {
    if (!(await victim.close())) this.#say(`${victim.name} did not close in time and was killed`);
  }

  /** Ends early when the run is given up. */
  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#stage.signal });
  }

  #say(text: string): void {
    this.#stage.say(text);
  }
}

function describe(instance: Instance): string {
  return `${instance.name} (${instance.state}, ${instance.tasks} tasks)`;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
