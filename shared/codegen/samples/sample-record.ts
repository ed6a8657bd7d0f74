import type { Json } from '../../expressions/typed-expression.ts';

/** Which record of which feed all this came from. */
export interface Origin {
  readonly feed: string;
  readonly n: number;
}

/** A record inside a service. */
export interface FlowRecord {
  readonly key: Json;
  readonly value: Json;
  /** Of a table's change, the row as it was. */
  readonly before?: Json;
  readonly timestamp: number;
  readonly window?: { readonly start: number; readonly end: number };
  readonly origin: Origin;
}

/** A record of a topic, by the topic's id. */
export interface TopicRecord extends FlowRecord {
  readonly topic: string;
}

/** A call of a side effect's handler. */
export interface EffectCall {
  readonly handler: string;
  readonly input: { readonly [name: string]: Json };
  readonly origin: Origin;
}

/** A request to a gateway, and the record that it becomes. */
export interface GatewayCall {
  readonly operator: string;
  readonly body: Json;
  readonly params: { readonly [name: string]: string };
  readonly record: TopicRecord;
}

/** What one service got and gave, in order. */
export interface ServiceSample {
  readonly inputs: TopicRecord[];
  /** Of the inputs those that changed nothing and led to nothing. */
  readonly idle: Set<TopicRecord>;
  readonly outputs: TopicRecord[];
  readonly effects: EffectCall[];
  readonly requests: GatewayCall[];
  /** Keys that a table was asked for, by the id of its topic. */
  readonly lookups: Map<string, Set<string>>;
  /** The rows of tables and of aggregates without windows, by operator, when all is done. */
  readonly rows: Map<string, ReadonlyMap<string, Json>>;
  /** Why what the service gives cannot be told beforehand; null when it can. */
  unpredictable: string | null;
}

export function emptySample(): ServiceSample {
  return {
    inputs: [],
    idle: new Set(),
    outputs: [],
    effects: [],
    requests: [],
    lookups: new Map(),
    rows: new Map(),
    unpredictable: null,
  };
}

/** Thrown where only running the real code could tell: a handler, an error, a timer. */
export class Unpredictable extends Error {
  override readonly name = 'Unpredictable';
}
