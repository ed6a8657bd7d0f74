import { CaseError } from './case-error.ts';
import type { ConformanceCase, Step, StepOf, WindowsSpec } from './case-format.ts';
import type { Column } from './column-types.ts';

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
  /**
   * Cogrouped streams: the aggregators by the names of their groupings, shared by all that is made from one
   * cogroup. The type of the aggregate is known when it is aggregated.
   */
  readonly adders?: Map<string, { readonly add: StepOf<'cogroup'>['add']; readonly value: Column }>;
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

export interface Resolution {
  readonly types: StepTypes;
  readonly made: Readonly<Record<string, Thing>>;
}

export function resolution(
  input: { readonly key: Column; readonly value: Column },
  as: string,
  thing: Thing,
  more: StepTypes = {},
): Resolution {
  return {
    types: { key: input.key, value: input.value, outKey: thing.key, outValue: thing.value, ...more },
    made: { [as]: thing },
  };
}
