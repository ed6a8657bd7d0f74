import { CaseError } from './case-error.ts';
import type { ConformanceCase, Step, StepOf, WindowsSpec } from './case-format.ts';
import { checkSteps } from './check-case.ts';
import { type Column, isSameColumn } from './column-types.ts';
import { resolveStep } from './resolve-step.ts';

export type ThingKind =
  | 'stream'
  | 'table'
  | 'global table'
  | 'grouped stream'
  | 'grouped table'
  | 'cogrouped stream'
  | 'windowed stream'
  | 'windowed cogrouped stream';

/** What a step made, as later steps know it. */
export interface Thing {
  readonly kind: ThingKind;
  readonly key: Column;
  readonly value: Column;
  readonly versioned?: boolean;
  /** Tables that no serde is known of, because their step names no store. */
  readonly untyped?: boolean;
  /** Tables whose rows Kafka Streams cannot look up: those of cogrouped windows. */
  readonly unreadable?: boolean;
  readonly windows?: WindowsSpec;
  /** Cogrouped streams: the type of the aggregate is known when it is aggregated. */
  readonly adders?: readonly { readonly add: StepOf<'cogroup'>['add']; readonly value: Column }[];
}

/** The types around a step, so that interpreters need not work them out. */
export interface StepTypes {
  readonly key?: Column;
  readonly value?: Column;
  readonly otherKey?: Column;
  readonly otherValue?: Column;
  readonly outKey?: Column;
  readonly outValue?: Column;
  readonly kind?: ThingKind;
}

export type ResolvedStep = Step & { readonly types: StepTypes };

/** A case whose names and types were checked. */
export interface ResolvedCase extends Omit<ConformanceCase, 'topology'> {
  readonly topology: readonly ResolvedStep[];
}

/** What is known while the steps are read from first to last. */
export interface Scope {
  readonly things: Map<string, Thing>;
  readonly stores: Map<string, StepOf<'store'>>;
  readonly sourceTopics: Map<string, { readonly key: Column; readonly value: Column }>;
  find(name: string, ...kinds: readonly ThingKind[]): Thing;
}

/** Checks names and types from the first step to the last. Throws `CaseError`. */
export function resolveCase(found: ConformanceCase): ResolvedCase {
  const scope = createScope();
  const topology = found.topology.map((step, index): ResolvedStep => {
    const where = `topology[${index}] (${step.op})`;
    try {
      const { types, made } = resolveStep(step, scope);
      for (const [name, thing] of Object.entries(made)) {
        if (scope.things.has(name)) throw new CaseError(`"${name}" is the name of an earlier step's result`);
        scope.things.set(name, thing);
      }
      return { ...step, types };
    } catch (error) {
      if (!(error instanceof CaseError)) throw error;
      throw new CaseError(`${where}: ${error.message}.`);
    }
  });
  if (scope.sourceTopics.size === 0)
    throw new CaseError('topology: no step reads a topic: begin with a stream or a table.');
  checkSteps(found);
  checkInput(found, scope);
  return { ...found, topology };
}

export function createScope(): Scope {
  const things = new Map<string, Thing>();
  return {
    things,
    stores: new Map(),
    sourceTopics: new Map(),
    find(name, ...kinds) {
      const thing = things.get(name);
      if (thing === undefined) {
        const known = [...things.keys()].join(', ') || 'nothing';
        throw new CaseError(`there is no "${name}" before this step (there is: ${known})`);
      }
      if (!kinds.includes(thing.kind))
        throw new CaseError(`"${name}" is a ${thing.kind}; this step takes a ${kinds.join(' or a ')}`);
      return thing;
    },
  };
}

function checkInput(found: ConformanceCase, scope: Scope): void {
  for (const [index, input] of found.input.entries()) {
    if ('advance' in input) continue;
    const where = `input[${index}]`;
    const topic = scope.sourceTopics.get(input.topic);
    if (topic === undefined) {
      const known = [...scope.sourceTopics.keys()].join(', ');
      throw new CaseError(
        `${where}: no step reads the topic "${input.topic}" (topics that are read: ${known}).`,
      );
    }
    for (const column of ['key', 'value'] as const) {
      const value = input[column];
      if (value === null) continue;
      if (isSameColumn(topic[column], typeof value === 'string' ? 'string' : 'long')) continue;
      throw new CaseError(
        `${where}: the ${column} of topic "${input.topic}" is a ${String(topic[column])}, not ${JSON.stringify(value)}.`,
      );
    }
  }
}
