import { createRequire } from 'node:module';

/** The parts of KafkaJS's message that say whose transaction it is in. */
interface FetchedMessage {
  readonly offset: string;
  readonly key: Buffer | null;
  readonly isControlRecord: boolean;
  readonly batchContext: { readonly producerId: string; readonly inTransaction: boolean };
}

/** Version 0, type 0. */
const ABORT_MARKER = Buffer.alloc(4);

interface Fetched {
  readonly messages: readonly FetchedMessage[];
  readonly abortedTransactions?: readonly { readonly producerId: string; readonly firstOffset: string }[];
}

/**
 * KafkaJS's consumer expects aborted transactions in the order in which they began, and begins one of them
 * per message. Brokers list them in the order in which they ended, so that with several of them some aborted
 * records pass as committed. Call before KafkaJS is loaded.
 */
export function mendAbortedTransactions(): void {
  const require = createRequire(import.meta.url);
  if (require.cache[require.resolve('kafkajs/src/consumer/batch')] !== undefined) {
    throw new Error('KafkaJS is loaded already: import the judge before the library.');
  }
  const file = require.resolve('kafkajs/src/consumer/filterAbortedMessages');
  require(file);
  const loaded = require.cache[file];
  if (loaded !== undefined) loaded.exports = withoutAborted;
}

function withoutAborted({ messages, abortedTransactions }: Fetched): readonly FetchedMessage[] {
  const waiting = (abortedTransactions ?? [])
    .map(({ producerId, firstOffset }) => ({ producerId: String(producerId), first: BigInt(firstOffset) }))
    .sort((left, right) => (left.first < right.first ? -1 : 1));
  const open = new Set<string>();
  return messages.filter(({ offset, key, isControlRecord, batchContext }) => {
    const producerId = String(batchContext.producerId);
    for (let next = waiting[0]; next !== undefined && next.first <= BigInt(offset); next = waiting[0]) {
      open.add(next.producerId);
      waiting.shift();
    }
    if (!batchContext.inTransaction || !open.has(producerId)) return true;
    if (isControlRecord && key?.equals(ABORT_MARKER)) open.delete(producerId);
    return false;
  });
}
