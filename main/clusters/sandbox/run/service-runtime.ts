import {
  deadLetter,
  type ErrorHandlingOptions,
  resolvePartitionCounts,
  type TopologyPlan,
  taskCount,
} from '@millstream/streams';
import type { SandboxInstance } from '#shared/contract/sandbox.ts';
import type { Design, Service } from '#shared/design/design.ts';
import { deadLetterOf } from '#shared/design/queries/dead-letter-of.ts';
import { indexDesign } from '#shared/design/queries/index-design.ts';
import type { SideEffect } from '../design/build-context.ts';
import { serviceTopology } from '../design/service-topology.ts';
import type { SandboxGroups } from '../sandbox-groups.ts';
import type { SandboxLog } from '../sandbox-log.ts';
import { shareTasks } from './assignment.ts';
import { Instance, type TaskPlace } from './instance.ts';
import type { TaskSurroundings } from './task-runner.ts';

/** How long the group waits for a member that fell silent, in milliseconds of the sandbox's clock. */
export const sessionTimeoutMs = 10_000;
const exactlyOnceCommitMs = 100;
const atLeastOnceCommitMs = 1_000;
/** Records one task processes in one round. */
const roundLimit = 2_000;

export interface ServiceRuntimeOptions {
  readonly design: Design;
  readonly service: Service;
  readonly log: SandboxLog;
  readonly groups: SandboxGroups;
  readonly now: () => number;
  readonly onSideEffect: (effect: SideEffect) => void;
}

/** A service in the sandbox: its instances, and the group they form. */
export class ServiceRuntime {
  readonly service: Service;
  readonly #options: ServiceRuntimeOptions;
  readonly #around: TaskSurroundings;
  readonly #plan: TopologyPlan | null;
  readonly #instances: Instance[] = [];
  /** Members that are silent, and when the group gives them up. */
  readonly #silent = new Map<string, number>();
  #places: readonly TaskPlace[] = [];
  #rebalance = false;
  #nextCommit = 0;

  constructor(options: ServiceRuntimeOptions) {
    const { design, service, log, groups, now } = options;
    this.service = service;
    this.#options = options;
    this.#plan = serviceTopology(design, service, options.onSideEffect)?.plan(service.applicationId) ?? null;
    this.#around = {
      applicationId: service.applicationId,
      exactlyOnce: service.guarantee === 'exactly_once',
      log,
      groups,
      now,
      onDropped: () => undefined,
      errorHandling: errorHandling(design, service),
    };
  }

  /** Makes the internal topics and joins the first instances. The design's topics must be there. */
  start(): void {
    if (this.#plan) this.#places = this.#createInternalTopics(this.#plan);
    for (let count = 0; count < this.service.instances; count += 1) this.addInstance();
  }

  get instances(): readonly SandboxInstance[] {
    return this.#instances.map(({ id, state, tasks, failure }) => ({
      id,
      state,
      tasks: [...tasks.keys()].toSorted(),
      failure,
    }));
  }

  /** The stores of that name in all instances that run. */
  stores(name: string) {
    return this.#instances.flatMap((instance) =>
      instance.alive
        ? [...instance.tasks.values(), { stores: instance.globals.handles }].flatMap(
            (each) => each.stores.get(name) ?? [],
          )
        : [],
    );
  }

  /** True when no instance can answer or take part now. */
  get down(): boolean {
    return this.#instances.every((instance) => !instance.alive);
  }

  addInstance(): void {
    if (this.#plan === null) {
      const idle = new Instance(this.#nextId(), emptyPlan(this.service.applicationId), this.#around);
      idle.state = 'running';
      this.#instances.push(idle);
      return;
    }
    const instance = new Instance(this.#nextId(), this.#plan, this.#around);
    this.#instances.push(instance);
    this.#join(instance);
  }

  /** False when there is no such instance that runs. */
  crash(id: string): boolean {
    const instance = this.#instances.find((each) => each.id === id);
    if (!instance?.alive) return false;
    instance.end('crashed', null);
    if (this.#plan) this.#silent.set(id, this.#options.now() + sessionTimeoutMs);
    return true;
  }

  restart(id: string): boolean {
    const instance = this.#instances.find((each) => each.id === id);
    if (!instance || instance.alive) return false;
    instance.restart();
    if (this.#plan) this.#join(instance);
    else instance.state = 'running';
    return true;
  }

  /** One round at the present time. */
  step(): number {
    this.#forgetSilent();
    if (this.#rebalance && this.#silent.size === 0) this.#assign();
    let processed = 0;
    for (const instance of this.#instances)
      processed += this.#guard(instance, () => instance.run(roundLimit));
    if (this.#options.now() >= this.#nextCommit) this.#commit();
    return processed;
  }

  #commit(): void {
    for (const instance of this.#instances) {
      this.#guard(instance, () => {
        instance.commit();
        return 0;
      });
    }
    this.#nextCommit =
      this.#options.now() + (this.#around.exactlyOnce ? exactlyOnceCommitMs : atLeastOnceCommitMs);
  }

  #guard(instance: Instance, work: () => number): number {
    if (instance.state !== 'running') return 0;
    try {
      return work();
    } catch (error) {
      instance.end('failed', error instanceof Error ? error.message : String(error));
      this.#leave(instance.id);
      return 0;
    }
  }

  #join(instance: Instance): void {
    const group = this.#options.groups.ensure(this.service.applicationId);
    group.members.set(instance.id, { memberId: instance.id, clientId: instance.id, assignments: [] });
    group.rebalancing = true;
    this.#rebalance = true;
  }

  #leave(id: string): void {
    const group = this.#options.groups.ensure(this.service.applicationId);
    group.members.delete(id);
    this.#rebalance = true;
    group.rebalancing = group.members.size > 0;
  }

  /** A silent member holds its tasks, and any rebalance, until its session times out. */
  #forgetSilent(): void {
    for (const [id, until] of this.#silent) {
      if (this.#options.now() < until) continue;
      this.#silent.delete(id);
      const back = this.#instances.find((each) => each.id === id)?.alive ?? false;
      if (back) this.#rebalance = true;
      else this.#leave(id);
    }
  }

  #assign(): void {
    this.#rebalance = false;
    const alive = this.#instances.filter((instance) => instance.alive);
    const shares = shareTasks(
      this.#places.map((place) => place.id),
      alive.map((instance) => ({ id: instance.id, tasks: [...instance.tasks.keys()] })),
    );
    const placeOf = new Map(this.#places.map((place) => [place.id, place]));
    const sharesOf = (instance: Instance): TaskPlace[] =>
      (shares.get(instance.id) ?? []).flatMap((id) => placeOf.get(id) ?? []);
    for (const instance of alive)
      instance.assign(sharesOf(instance).filter(({ id }) => instance.tasks.has(id)));
    for (const instance of alive) instance.assign(sharesOf(instance));
    const group = this.#options.groups.ensure(this.service.applicationId);
    group.rebalancing = false;
    for (const instance of alive) {
      const member = group.members.get(instance.id);
      if (member) member.assignments = instance.assignments();
    }
  }

  #createInternalTopics(plan: TopologyPlan): readonly TaskPlace[] {
    const { log } = this.#options;
    const existing = new Map(log.topics.map((topic) => [topic.name, topic.partitions.length]));
    const counts = resolvePartitionCounts(plan, existing);
    for (const topic of plan.internalTopics) {
      const { name, configs } = topic;
      log.create({ name, configs, partitions: counts.get(name) ?? 1, replication: 3, internal: false });
    }
    return plan.subtopologies.flatMap((part, subtopology) =>
      Array.from({ length: taskCount(part, counts) }, (_, partition) => ({
        id: `${part.id}_${partition}`,
        subtopology,
        partition,
      })),
    );
  }

  #nextId(): string {
    return `${this.service.id}#${this.#instances.length + 1}`;
  }
}

/** Without a dead letter, a service stops at the first record that it cannot process. */
function errorHandling(design: Design, service: Service): ErrorHandlingOptions {
  const topic = indexDesign(design).topics.get(deadLetterOf(service)?.topic ?? '');
  if (topic === undefined) return {};
  return {
    deadLetterTopic: topic.name,
    deserializationExceptionHandler: deadLetter(),
    processingExceptionHandler: deadLetter(),
    productionExceptionHandler: deadLetter(),
  };
}

function emptyPlan(applicationId: string): TopologyPlan {
  return {
    applicationId,
    subtopologies: [],
    globalStores: [],
    externalSourceTopics: [],
    externalSinkTopics: [],
    internalTopics: [],
    latestTopics: new Set(),
  };
}
