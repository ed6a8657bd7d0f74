const wrappers = new Set(['KafkaJSNonRetriableError', 'KafkaJSNumberOfRetriesExceeded']);

/** The error itself: KafkaJS's own retries wrap it, and then call even a lost connection not retriable. */
export function innermostError(error: unknown): unknown {
  let inner = error;
  while (inner instanceof Error && wrappers.has(inner.name) && inner.cause instanceof Error)
    inner = inner.cause;
  return inner;
}

/** What went wrong, as KafkaJS names it: a protocol error's `type`, or the name of the error. */
export function errorType(wrapped: unknown): string {
  const error = innermostError(wrapped);
  if (typeof error !== 'object' || error === null) return String(error);
  if ('type' in error && typeof error.type === 'string' && error.type !== '') return error.type;
  return error instanceof Error ? error.name : 'Error';
}

/** The broker's error code, when there is one. KafkaJS knows codes to 88, and tells others in words only. */
export function errorCode(wrapped: unknown): number | null {
  const error = innermostError(wrapped);
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  const told = error instanceof Error ? /^Unknown error code (\d+)$/.exec(error.message) : null;
  if (told !== null) return Number(told[1]);
  return typeof error.code === 'number' ? error.code : null;
}

const PRODUCER_FENCED = 90;
const TRANSACTION_ABORTABLE = 120;

const fencedTypes = new Set([
  'INVALID_PRODUCER_EPOCH',
  'INVALID_PRODUCER_ID_MAPPING',
  'INVALID_TXN_STATE',
  'UNKNOWN_PRODUCER_ID',
  'OUT_OF_ORDER_SEQUENCE_NUMBER',
  'DUPLICATE_SEQUENCE_NUMBER',
  'TRANSACTION_COORDINATOR_FENCED',
  'UNKNOWN_MEMBER_ID',
  'ILLEGAL_GENERATION',
  'FENCED_INSTANCE_ID',
  'REBALANCE_IN_PROGRESS',
]);

/** True when the task belongs to someone else now, or its producer can no longer be used. */
export function isFenced(error: unknown): boolean {
  const code = errorCode(error);
  return fencedTypes.has(errorType(error)) || code === PRODUCER_FENCED || code === TRANSACTION_ABORTABLE;
}

const refusals = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_TIMESTAMP',
  'UNSUPPORTED_FOR_MESSAGE_FORMAT',
  'POLICY_VIOLATION',
  'INVALID_RECORD',
]);

/** True when the broker did not write a batch because of what is in it; others may follow. */
export function isRefusal(error: unknown): boolean {
  return refusals.has(errorType(error));
}

const retriableNames = new Set([
  'UnansweredError',
  'KafkaJSConnectionError',
  'KafkaJSConnectionClosedError',
  'KafkaJSRequestTimeoutError',
  'KafkaJSBrokerNotFound',
  'KafkaJSMetadataNotLoaded',
  'KafkaJSTopicMetadataNotLoaded',
  'KafkaJSGroupCoordinatorNotFound',
  'KafkaJSNoBrokerAvailableError',
  'KafkaJSLockTimeout',
  'KafkaJSNumberOfRetriesExceeded',
  'CONCURRENT_TRANSACTIONS',
  'LEADER_NOT_AVAILABLE',
]);

/** Node's codes for a certificate whose signer is not known. */
const untrustedCodes = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
]);

/** What is wrong with a broker's certificate, which trying again does not mend; null: nothing is known. */
export function certificateFault(wrapped: unknown): 'untrusted' | 'expired' | 'other name' | null {
  const error = innermostError(wrapped);
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (untrustedCodes.has(code)) return 'untrusted';
  if (code === 'CERT_HAS_EXPIRED') return 'expired';
  return code === 'ERR_TLS_CERT_ALTNAME_INVALID' ? 'other name' : null;
}

/** True when trying again can help: the cluster moves, or a transaction is still being finished. */
export function isRetriable(wrapped: unknown): boolean {
  const error = innermostError(wrapped);
  if (certificateFault(error) !== null) return false;
  if (typeof error !== 'object' || error === null || isFenced(error)) return false;
  if (retriableNames.has(errorType(error)) || (error instanceof Error && retriableNames.has(error.name))) {
    return true;
  }
  if ('retriable' in error && error.retriable === true) return true;
  const code = 'code' in error ? error.code : null;
  return code === 'ECONNREFUSED' || code === 'ECONNRESET' || code === 'EPIPE';
}
