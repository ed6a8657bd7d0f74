import { CaseError } from './case-error.ts';
import type { Step } from './case-format.ts';
import { isSameColumn } from './column-types.ts';
import type { RandomSource } from './random-source.ts';
import { createScope, type Thing, type ThingKind } from './resolve-case.ts';
import { resolveStep } from './resolve-step.ts';

/** Something that earlier steps made, with its name. */
export interface NamedThing extends Thing {
  readonly name: string;
}

/** A topology that grows by random steps; a step that does not fit is left out. */
export class RandomDraft {
  readonly random: RandomSource;
  readonly steps: Step[] = [];
  readonly #scope = createScope();
  #names = 0;

  constructor(random: RandomSource) {
    this.random = random;
  }

  newName(prefix: string): string {
    this.#names += 1;
    return `${prefix}${this.#names}`;
  }

  /** Adds a step when it fits what is there; false when not. */
  add(step: Step): boolean {
    try {
      const { made } = resolveStep(step, this.#scope);
      for (const [name, thing] of Object.entries(made)) this.#scope.things.set(name, thing);
    } catch (error) {
      if (error instanceof CaseError) return false;
      throw error;
    }
    this.steps.push(step);
    return true;
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
