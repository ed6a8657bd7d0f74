import type { OperatorKind, OperatorOf } from './operators/registry.ts';

/** What a field of an operator refers to, and for topics in which direction records go. */
export type ReferenceSlot =
  | 'readsTopic'
  | 'writesTopic'
  /** A list of topics. */
  | 'writesTopics'
  | 'external'
  | 'schema'
  /** A type, which may name schemas. */
  | 'type';

type SlotsOf<K extends OperatorKind> = { readonly [F in keyof OperatorOf<K>]?: ReferenceSlot };

/**
 * Every field of every kind of operator that refers to something else in the design. Who reads and writes a
 * topic, what dangles, and what a removal or a paste must rewrite, all follow from this table.
 */
export const operatorReferences: { readonly [K in OperatorKind]: SlotsOf<K> } = {
  stream: { topic: 'readsTopic' },
  table: { topic: 'readsTopic' },
  globalTable: { topic: 'readsTopic' },
  filter: {},
  map: { output: 'type', keyType: 'type' },
  flatMap: { output: 'type' },
  selectKey: { keyType: 'type' },
  branch: {},
  merge: {},
  repartition: {},
  toStream: { keyType: 'type' },
  join: { output: 'type' },
  aggregate: { groupKeyType: 'type', output: 'type' },
  gather: { output: 'type' },
  sink: { topic: 'writesTopic', routes: 'writesTopics' },
  deadLetter: { topic: 'writesTopic' },
  sideEffect: { external: 'external' },
  httpWrite: { accepts: 'schema', topic: 'writesTopic' },
  httpQuery: {},
  connectorSource: { external: 'external', topic: 'writesTopic' },
  connectorSink: { external: 'external', topic: 'readsTopic' },
};
