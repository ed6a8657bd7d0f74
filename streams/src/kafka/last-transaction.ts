import { type Access, transactionAccess } from './access.ts';
import { BytesReader } from './bytes-reader.ts';
import { BytesWriter } from './bytes-writer.ts';
import type { KafkaConnection, RetryOptions } from './kafka-connection.ts';
import { errorCode } from './kafka-errors.ts';
import { assertNoError, rawRequest } from './wire.ts';

/** How a transaction ended, or will end when its producer is fenced. */
export type TransactionEnd = 'commit' | 'abort';

/** KafkaJS has no name for it. */
const TRANSACTIONAL_ID_NOT_FOUND = 105;

const ends: Readonly<Record<string, TransactionEnd>> = {
  Ongoing: 'abort',
  PrepareAbort: 'abort',
  CompleteAbort: 'abort',
  PrepareEpochFence: 'abort',
  PrepareCommit: 'commit',
  CompleteCommit: 'commit',
};

/** What became of the last transaction of a transactional id (DescribeTransactions 0); null: there is none. */
export async function describeLastTransaction(
  connection: KafkaConnection,
  transactionalId: string,
  options: RetryOptions = {},
): Promise<TransactionEnd | null> {
  const body = new BytesWriter(64).uvarint(0).uvarint(2).compactString(transactionalId).uvarint(0);
  const api = { apiKey: 65, apiVersion: 0, apiName: 'DescribeTransactions' };
  const access = transactionAccess(transactionalId);
  const request = rawRequest(api, body, (payload) => decodeState(payload, access));
  try {
    const { state } = await connection.retry(async () => {
      const broker = await connection.transactionCoordinator(transactionalId);
      return connection.send<{ state: string }>(broker, request);
    }, options);
    return ends[state] ?? null;
  } catch (error) {
    if (errorCode(error) === TRANSACTIONAL_ID_NOT_FOUND) return null;
    throw error;
  }
}

function decodeState(payload: Buffer, access: Access): { state: string } {
  const reader = new BytesReader(payload);
  reader.uvarint();
  reader.int32();
  reader.uvarint();
  assertNoError(reader.int16(), access);
  reader.take(reader.uvarint() - 1);
  return { state: reader.take(reader.uvarint() - 1).toString('utf8') };
}
