import type { TopicPartition } from '../record.ts';
import { type Committed, fetchCommitted } from './committed-offsets.ts';
import type { KafkaConnection } from './kafka-connection.ts';
import { errorCode } from './kafka-errors.ts';
import type { StreamsLogger } from './kafka-streams-config.ts';
import { hasOpenTransaction } from './open-transactions.ts';
import type { RecordSender } from './record-sender.ts';

/** Who asks: a task that has just fenced the previous owner of its transactional id. */
export interface TaskOwner {
  readonly connection: KafkaConnection;
  readonly sender: RecordSender;
  readonly logger: StreamsLogger;
}

/** What a task reads and writes. */
export interface TaskPlaces {
  readonly inputs: readonly TopicPartition[];
  readonly changelogs: readonly TopicPartition[];
  readonly sinks: readonly TopicPartition[];
}

const UNSTABLE_OFFSET_COMMIT = 88;

/** After fencing everything is decided; a broker that says otherwise for so long will not change its mind. */
const PATIENCE_MS = 2_000;

/**
 * The committed offsets of a task that has fenced its predecessor. All its transactions have ended then; if
 * offsets or outputs still wait for an end, the broker forgot to tell them, and is made to do so now.
 * Otherwise they would wait for ever, or share the fate of the next transaction.
 */
export async function fetchSettled(
  owner: TaskOwner,
  groupId: string,
  places: TaskPlaces,
): Promise<Committed[]> {
  const { connection, sender, logger } = owner;
  const outputs = [...places.changelogs, ...places.sinks];
  const [committed, open] = await Promise.all([
    fetchUnlessOpen(connection, groupId, places.inputs),
    hasOpenTransaction(connection, sender.producerId, outputs),
  ]);
  if (committed !== null && !open) return committed;
  const end = await sender.repeatLastEnd(groupId, outputs);
  logger.warn('a broker had left a transaction half ended; it was ended again', { end, groupId });
  return fetchCommitted(connection, groupId, places.inputs);
}

/** Null: a transaction that commits one of the offsets has not ended. */
async function fetchUnlessOpen(
  connection: KafkaConnection,
  groupId: string,
  inputs: readonly TopicPartition[],
): Promise<Committed[] | null> {
  try {
    return await fetchCommitted(connection, groupId, inputs, { timeoutMs: PATIENCE_MS });
  } catch (error) {
    if (errorCode(error) === UNSTABLE_OFFSET_COMMIT) return null;
    return fetchCommitted(connection, groupId, inputs);
  }
}
