import { CaseError } from './case-error.ts';
import type { Step } from './case-format.ts';
import { createScope, type Thing, type ThingKind } from './case-scope.ts';
import { isSameColumn } from './column-types.ts';
import type { RandomSource } from './random-source.ts';
import { resolveStep } from './resolve-step.ts';

/** Something that earlier steps made, with its name. */
export interface NamedThing extends Thing {
  readonly name: string;
}

/** Of how many streams results are put together at most: more, and there are too many to wait for. */
const MOST_JOINED = 4;

/** A topology that grows by random steps; a step that does not fit is left out. */
export class RandomDraft {
  readonly random: RandomSource;
  readonly steps: Step[] = [];
  readonly #scope = createScope();
  /** For each thing the last of the source topics, in their order, that it is made from. */
  readonly #lastSource = new Map<string, number>();
  /** Of how many streams' records each thing is joined. */
  readonly #joined = new Map<string, number>();
  #names = 0;

  constructor(random: RandomSource) {
    this.random = random;
  }

  newName(prefix: string): string {
    this.#names += 1;
    return `${prefix}${this.#names}`;
  }

  /** A store for a table, now and then a versioned one. */
  newStore(): { readonly store: string; readonly historyRetention?: number } {
    const history = this.random.chance(0.15) ? { historyRetention: this.random.pick([0, 20, 1000]) } : {};
    return { store: this.newName('store'), ...history };
  }

  /** Adds a step when it fits what is there; false when not. */
  add(step: Step): boolean {
    const joined = this.#joinedBy(step);
    if (joined > MOST_JOINED) return false;
    try {
      const { made } = resolveStep(step, this.#scope);
      for (const [name, thing] of Object.entries(made)) {
        this.#scope.things.set(name, thing);
        this.#lastSource.set(name, this.#sourceOf(step));
        this.#joined.set(name, joined);
      }
    } catch (error) {
      if (error instanceof CaseError) return false;
      throw error;
    }
    this.steps.push(step);
    return true;
  }

  #sourceOf(step: Step): number {
    if (step.op === 'stream' || step.op === 'table' || step.op === 'globalTable') {
      const read = step.op === 'stream' ? step.topics : [step.topic];
      const topics = [...this.#scope.sourceTopics.keys()];
      return Math.max(...read.map((topic) => topics.indexOf(topic)));
    }
    return Math.max(...parentsOf(step).map((name) => this.#lastSource.get(name) ?? -1));
  }

  #joinedBy(step: Step): number {
    const counts = parentsOf(step).map((name) => this.#joined.get(name) ?? 1);
    return step.op === 'joinStreams' ? counts.reduce((sum, count) => sum + count, 0) : Math.max(1, ...counts);
  }

  /** Source topics that a thing may be written to without going round in a circle. */
  topicsAfter(thing: NamedThing): string[] {
    const last = this.#lastSource.get(thing.name) ?? -1;
    return [...this.#scope.sourceTopics]
      .slice(last + 1)
      .filter(([, { key, value }]) => isSameColumn(key, thing.key) && isSameColumn(value, thing.value))
      .map(([topic]) => topic);
  }

  /** Takes back a store that nothing uses. */
  dropLast(): void {
    this.steps.pop();
  }

  all(...kinds: readonly ThingKind[]): NamedThing[] {
    return [...this.#scope.things]
      .filter(([, thing]) => kinds.includes(thing.kind))
      .map(([name, thing]) => ({ name, ...thing }));
  }

  any(...kinds: readonly ThingKind[]): NamedThing | undefined {
    return this.random.pickFrom(this.all(...kinds));
  }

  /** Something of a kind with that type of key. */
  withKey(key: Thing['key'], ...kinds: readonly ThingKind[]): NamedThing | undefined {
    return this.random.pickFrom(this.all(...kinds).filter((thing) => isSameColumn(thing.key, key)));
  }

  get(name: string): NamedThing | undefined {
    const thing = this.#scope.things.get(name);
    return thing === undefined ? undefined : { name, ...thing };
  }
}

function parentsOf(step: Step): string[] {
  return ['from' in step ? step.from : '', 'with' in step ? String(step.with) : ''];
}
