import { groupAccess, transactionAccess } from './access.ts';
import { BytesReader } from './bytes-reader.ts';
import { BytesWriter } from './bytes-writer.ts';
import type { RawRequest } from './kafkajs-internals.ts';
import { assertNoError, rawRequest } from './wire.ts';

/** What a coordinator is for; the numbers are the protocol's. */
export const COORDINATOR = { group: 0, transaction: 1 } as const;
export type CoordinatorKind = keyof typeof COORDINATOR;

/**
 * FindCoordinator version 1. KafkaJS's own search asks on after any error, also a refusal, and then says
 * only that it found none.
 */
export function findCoordinatorRequest(kind: CoordinatorKind, key: string): RawRequest {
  const body = new BytesWriter(64).string(key).int8(COORDINATOR[kind]);
  const access = kind === 'group' ? groupAccess(key) : transactionAccess(key);
  return rawRequest({ apiKey: 10, apiVersion: 1, apiName: 'FindCoordinator' }, body, (payload) => {
    const reader = new BytesReader(payload);
    reader.int32();
    assertNoError(reader.int16(), access);
    reader.string();
    return { nodeId: reader.int32() };
  });
}
