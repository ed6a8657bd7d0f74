import type { Processor, ProcessorContext, ProcessorSupplier } from '../../processor.ts';
import type { StreamRecord } from '../../record.ts';
import type { Serde } from '../../serdes.ts';
import { type Change, isOutOfOrder } from '../change.ts';
import { compareBytes } from '../ordered-byte-map.ts';
import { murmur3 } from './murmur3.ts';
import { INSTRUCTION, type Instruction, type Subscription } from './subscription-serdes.ts';

export interface SubscriptionSend {
  readonly foreignKeyOf: (value: unknown, key: unknown) => unknown;
  readonly foreignKey: Serde<unknown>;
  readonly value: Serde<unknown>;
  readonly left: boolean;
  /** The left table keeps versions: changes that are not its latest are dropped (KIP-914). */
  readonly dropsOutOfOrder: boolean;
}

type Message = readonly [foreignKey: unknown, instruction: Instruction];

/** Turns changes of the left table into subscriptions (Kafka Streams: `SubscriptionSendProcessorSupplier`). */
export function subscriptionSend(options: SubscriptionSend): ProcessorSupplier {
  return (): Processor => {
    let process: Processor['process'] = () => undefined;
    return {
      init(context) {
        process = (record) => send(context, options, record);
      },
      process: (record) => process(record),
    };
  };
}

function send(
  context: ProcessorContext,
  options: SubscriptionSend,
  record: StreamRecord<unknown, unknown>,
): void {
  const change = record.value as Change<unknown>;
  if (options.dropsOutOfOrder && isOutOfOrder(change)) {
    context.recordDropped('out-of-order');
    return;
  }
  const foreignKeyOf = (value: unknown): unknown =>
    value === null ? null : (options.foreignKeyOf(value, record.key) ?? null);
  const before = foreignKeyOf(change.oldValue);
  const after = foreignKeyOf(change.newValue);
  const isNew =
    after !== null &&
    (before === null ||
      compareBytes(options.foreignKey.serialize(before), options.foreignKey.serialize(after)) !== 0);
  if (!options.left && change.newValue !== null && after === null) context.recordDropped('null-key');
  const messages = (options.left ? leftMessages : innerMessages)(change, before, after, isNew);
  if (messages.length === 0) return;
  const hash = change.newValue === null ? null : murmur3(options.value.serialize(change.newValue));
  for (const [foreignKey, instruction] of messages) {
    const value: Subscription = {
      hash,
      instruction,
      primaryKey: record.key,
      primaryPartition: context.partition,
    };
    context.forward({ ...record, key: foreignKey, value });
  }
}

/** An inner join needs no answer while there is no foreign row, unless a result may have to go. */
function innerMessages(_change: Change<unknown>, before: unknown, after: unknown, isNew: boolean): Message[] {
  if (after === null) return before === null ? [] : [[before, INSTRUCTION.unsubscribeAndAnswer]];
  if (before === null || !isNew) return [[after, INSTRUCTION.subscribe]];
  return [
    [before, INSTRUCTION.unsubscribe],
    [after, INSTRUCTION.subscribeAndAnswer],
  ];
}

/** A left join needs an answer to every change, deletions included. */
function leftMessages(change: Change<unknown>, before: unknown, after: unknown, isNew: boolean): Message[] {
  if (change.newValue === null && change.oldValue === null) return [];
  const moved = before !== null && (after === null || isNew);
  return [
    ...(moved ? [[before, INSTRUCTION.unsubscribe] as const] : []),
    [after, INSTRUCTION.subscribeAndAnswer],
  ];
}
