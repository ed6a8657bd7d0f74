import type { Materialized } from '../../dsl-options.ts';
import { partitionForKey } from '../../partitioner.ts';
import { type Serde, Serdes } from '../../serdes.ts';
import { Stores } from '../../store-builder.ts';
import { addProcessor, type BuilderContext, requireSerde } from '../builder-context.ts';
import type { TableOrigin } from '../table-origin.ts';
import { addTableSource } from '../table-source.ts';
import { tableStoreBuilder } from '../table-store.ts';
import { type Passage, throughTopic } from '../through-topic.ts';
import {
  answerSubscriptions,
  type ForeignSide,
  receiveSubscriptions,
  tellSubscribers,
} from './foreign-side.ts';
import { resolveAnswers } from './resolve-answers.ts';
import { subscriptionSend } from './subscription-send.ts';
import { type Answer, answerSerde, subscriptionSerde } from './subscription-serdes.ts';

export interface ForeignKeyJoinOptions {
  readonly name: string;
  readonly left: boolean;
  readonly foreignKeyOf: (value: unknown, key: unknown) => unknown;
  readonly joiner: (value: unknown, foreignValue: unknown) => unknown;
  readonly materialized: Materialized<unknown, unknown> | null;
}

interface JoinSerdes {
  readonly primaryKey: Serde<unknown>;
  readonly leftValue: Serde<unknown>;
  readonly foreignKey: Serde<unknown>;
  readonly foreignValue: Serde<unknown>;
}

/**
 * Joins rows with the rows of another table that their values point to. Left rows subscribe where the
 * foreign row lives, over `<app>-<name>-subscription-registration-topic`; answers come back over
 * `<app>-<name>-subscription-response-topic`. Nodes, topics and stores are named as Kafka Streams names
 * them for a join that has a name.
 */
export function addForeignKeyJoin(
  context: BuilderContext,
  left: TableOrigin,
  foreign: TableOrigin,
  options: ForeignKeyJoinOptions,
): TableOrigin {
  const { name, materialized } = options;
  const { graph } = context;
  const serdes = joinSerdes(left, foreign, name);
  foreign.enableOldValues(true);
  left.enableOldValues(true);
  const registrations = sendSubscriptions(context, left, options, serdes);
  const answers = answerThem(context, foreign, registrations, name, serdes);
  graph.copartitioned.push(new Set([...foreign.sources, registrations]));
  const sources = new Set([...left.sources, answers]);
  graph.copartitioned.push(sources);
  const leftRows = left.valueGetter();
  const resolver = addProcessor(
    context,
    `${name}-subscription-response-resolver`,
    [answers],
    resolveAnswers({ ...options, leftRows, leftValue: serdes.leftValue }),
    leftRows.stores,
  );
  const key = materialized?.key ?? serdes.primaryKey;
  const value = materialized?.value ?? null;
  const storeName = materialized?.name ?? `${name}-result-store`;
  const origin = { node: resolver, key, value, sources };
  return addTableSource(context, origin, {
    name: `${name}-result`,
    storeName,
    store: () =>
      tableStoreBuilder(
        storeName,
        key,
        requireSerde(value, null, `The result of join "${name}", which a later step looks up,`),
        materialized ?? {},
      ),
    queryable: materialized !== null,
    versioned: materialized?.historyRetentionMs !== undefined,
  });
}

function joinSerdes(left: TableOrigin, foreign: TableOrigin, name: string): JoinSerdes {
  return {
    primaryKey: requireSerde(null, left.key, `The key of the left table of join "${name}"`),
    leftValue: requireSerde(null, left.value, `The value of the left table of join "${name}"`),
    foreignKey: requireSerde(null, foreign.key, `The key of the right table of join "${name}"`),
    foreignValue: requireSerde(null, foreign.value, `The value of the right table of join "${name}"`),
  };
}

/** From the left table to the registration topic; answers the source that reads it. */
function sendSubscriptions(
  context: BuilderContext,
  left: TableOrigin,
  options: ForeignKeyJoinOptions,
  { foreignKey, primaryKey, leftValue }: JoinSerdes,
): string {
  const prefix = `${options.name}-subscription-registration`;
  const node = addProcessor(
    context,
    `${prefix}-processor`,
    [left.node],
    subscriptionSend({
      foreignKeyOf: options.foreignKeyOf,
      foreignKey,
      value: leftValue,
      left: options.left,
      dropsOutOfOrder: left.versioned,
    }),
  );
  const value = subscriptionSerde(primaryKey) as Serde<unknown>;
  return throughSubscriptionTopic(context, prefix, {
    parents: [node],
    key: foreignKey,
    value,
    partitioner: null,
  });
}

/** Where the foreign rows live: from subscriptions and foreign changes to the response topic. */
function answerThem(
  context: BuilderContext,
  foreign: TableOrigin,
  registrations: string,
  name: string,
  { foreignKey, primaryKey, foreignValue }: JoinSerdes,
): string {
  const store = `${name}-subscription-store`;
  const side: ForeignSide = { store, foreignKey, primaryKey };
  const subscription = subscriptionSerde(primaryKey);
  context.graph.addStore(
    Stores.timestampedKeyValueStore(store, {
      key: Serdes.bytes() as Serde<unknown>,
      value: subscription as Serde<unknown>,
    }),
  );
  const receive = addProcessor(
    context,
    `${name}-subscription-receive`,
    [registrations],
    receiveSubscriptions(side),
    [store],
  );
  const rows = foreign.valueGetter();
  const join = `${name}-subscription-join-foreign`;
  const tell = `${name}-foreign-join-subscription`;
  addProcessor(context, join, [receive], answerSubscriptions(rows), rows.stores);
  addProcessor(context, tell, [foreign.node], tellSubscribers(side, foreign.versioned), [store]);
  return throughSubscriptionTopic(context, `${name}-subscription-response`, {
    parents: [join, tell],
    key: primaryKey,
    value: answerSerde(foreignValue) as Serde<unknown>,
    partitioner: (_topic, key, value, partitions) =>
      (value as Answer).primaryPartition ?? partitionForKey(primaryKey.serialize(key), partitions),
  });
}

function throughSubscriptionTopic(context: BuilderContext, name: string, passage: Passage): string {
  context.graph.addRepartitionTopic(name, null);
  return throughTopic(context.graph, { name, internal: true, suffix: 'topic' }, passage);
}
