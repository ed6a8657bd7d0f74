import type { Processor, ProcessorContext, ProcessorSupplier } from '../../processor.ts';
import type { StreamRecord } from '../../record.ts';
import type { Serde } from '../../serdes.ts';
import { type Change, isOutOfOrder } from '../change.ts';
import type { ValueGetter, ValueGetterSupplier } from '../table-origin.ts';
import type { HeadersKeyValueStore } from '../typed-key-value-store.ts';
import {
  type Answer,
  INSTRUCTION,
  primaryKeyOf,
  type Subscription,
  toSubscriptionKey,
} from './subscription-serdes.ts';

export interface ForeignSide {
  /** Name of the store of subscriptions. */
  readonly store: string;
  readonly foreignKey: Serde<unknown>;
  readonly primaryKey: Serde<unknown>;
}

type SubscriptionStore = HeadersKeyValueStore<Uint8Array, Subscription>;

/**
 * Keeps subscriptions, so that later changes of the foreign row find them
 * (Kafka Streams: `SubscriptionReceiveProcessorSupplier`).
 */
export function receiveSubscriptions({ store, foreignKey, primaryKey }: ForeignSide): ProcessorSupplier {
  return initialized((context) => {
    const subscriptions = context.getStateStore<SubscriptionStore>(store);
    return (record) => {
      const subscription = record.value as Subscription;
      const { instruction } = subscription;
      if ((record.key ?? null) === null) {
        if (instruction === INSTRUCTION.subscribeAndAnswer) context.forward(record);
        else context.recordDropped('null-key');
        return;
      }
      const key = toSubscriptionKey(
        foreignKey.serialize(record.key),
        primaryKey.serialize(subscription.primaryKey),
      );
      const ends =
        instruction === INSTRUCTION.unsubscribe || instruction === INSTRUCTION.unsubscribeAndAnswer;
      const row = ends ? null : { value: subscription, timestamp: record.timestamp };
      subscriptions.put(key, row, record.headers);
      context.forward(record);
    };
  });
}

/** Answers a subscription with the foreign row of now (Kafka Streams: `SubscriptionJoinProcessorSupplier`). */
export function answerSubscriptions(foreignRows: ValueGetterSupplier): ProcessorSupplier {
  return initialized((context) => {
    const lookUp: ValueGetter = foreignRows.get(context);
    return (record) => {
      const { hash, instruction, primaryKey, primaryPartition } = record.value as Subscription;
      if (instruction === INSTRUCTION.unsubscribe) return;
      const row = (record.key ?? null) === null ? null : lookUp(record.key);
      if (row === null && instruction === INSTRUCTION.subscribe) return;
      const foreignValue = instruction === INSTRUCTION.unsubscribeAndAnswer ? null : (row?.value ?? null);
      const value: Answer = { hash, foreignValue, primaryPartition };
      const timestamp = Math.max(record.timestamp, row?.timestamp ?? -1);
      context.forward({ ...record, key: primaryKey, value, timestamp });
    };
  });
}

/** Tells all subscribers of a foreign row its change (Kafka Streams: `ForeignTableJoinProcessorSupplier`). */
export function tellSubscribers(
  { store, foreignKey, primaryKey }: ForeignSide,
  dropsOutOfOrder: boolean,
): ProcessorSupplier {
  return initialized((context) => {
    const subscriptions = context.getStateStore<SubscriptionStore>(store);
    return (record) => {
      const change = record.value as Change<unknown>;
      if ((record.key ?? null) === null) {
        context.recordDropped('null-key');
        return;
      }
      if (dropsOutOfOrder && isOutOfOrder(change)) {
        context.recordDropped('out-of-order');
        return;
      }
      const prefix = toSubscriptionKey(foreignKey.serialize(record.key), new Uint8Array(0));
      for (const [key, { value: subscription }] of subscriptions.range(prefix, following(prefix))) {
        if (Buffer.compare(key.subarray(0, prefix.length), prefix) !== 0) continue;
        const { hash, primaryPartition } = subscription;
        const value: Answer = { hash, foreignValue: change.newValue, primaryPartition };
        context.forward({ ...record, key: primaryKey.deserialize(primaryKeyOf(key)), value });
      }
    };
  });
}

/** The first key after all those with a prefix. It begins with a length, so it is never all 0xff. */
function following(prefix: Uint8Array): Uint8Array {
  const next = Uint8Array.from(prefix);
  for (let at = next.length - 1; at >= 0; at -= 1) {
    const byte = next[at] ?? 0;
    next[at] = byte === 0xff ? 0 : byte + 1;
    if (byte !== 0xff) break;
  }
  return next;
}

type Step = (record: StreamRecord<unknown, unknown>) => void;

function initialized(start: (context: ProcessorContext) => Step): ProcessorSupplier {
  return (): Processor => {
    let step: Step = () => undefined;
    return {
      init(context) {
        step = start(context);
      },
      process: (record) => step(record),
    };
  };
}
