import {
  AuthenticationError,
  GenericError,
  ProtocolError,
  protocolErrors,
  ResponseError,
  TimeoutError,
} from '@platformatic/kafka';
import { ClusterError, type ClusterErrorCode } from '../cluster-port.ts';

/** The error codes of Kafka's protocol that are told apart here (kafka.apache.org/protocol#protocol_error_codes). */
export const errorCodes = {
  none: 0,
  offsetOutOfRange: 1,
  unknownTopicOrPartition: 3,
  leaderNotAvailable: 5,
  notLeader: 6,
  requestTimedOut: 7,
  replicaNotAvailable: 9,
  coordinatorLoading: 14,
  coordinatorNotAvailable: 15,
  notCoordinator: 16,
  invalidTopic: 17,
  topicAuthorizationFailed: 29,
  groupAuthorizationFailed: 30,
  unsupportedVersion: 35,
  topicAlreadyExists: 36,
  notController: 41,
  storageError: 56,
  groupIdNotFound: 69,
  fencedLeaderEpoch: 74,
  unknownLeaderEpoch: 75,
  offsetNotAvailable: 78,
} as const;

const passing: ReadonlySet<number> = new Set([
  errorCodes.leaderNotAvailable,
  errorCodes.notLeader,
  errorCodes.replicaNotAvailable,
  errorCodes.coordinatorLoading,
  errorCodes.coordinatorNotAvailable,
  errorCodes.notCoordinator,
  errorCodes.notController,
  errorCodes.storageError,
  errorCodes.fencedLeaderEpoch,
  errorCodes.unknownLeaderEpoch,
  errorCodes.offsetNotAvailable,
]);

const clusterCodes: ReadonlyMap<number, ClusterErrorCode> = new Map([
  [errorCodes.unknownTopicOrPartition, 'not-found'],
  [errorCodes.groupIdNotFound, 'not-found'],
  [errorCodes.requestTimedOut, 'timed-out'],
  [errorCodes.unsupportedVersion, 'unsupported'],
]);

/** The broker said no, with one of Kafka's codes. */
export class KafkaRefusal extends Error {
  readonly kafkaCode: number;

  constructor(kafkaCode: number, what: string, detail?: string | null) {
    super(`${what}: ${detail?.trim().replace(/\.$/, '') || nameOfCode(kafkaCode)}.`);
    this.name = 'KafkaRefusal';
    this.kafkaCode = kafkaCode;
  }
}

/** Will the same question soon be answered, once leaders or coordinators have moved? */
export function isPassing(code: number): boolean {
  return passing.has(code);
}

/** Did the network fail, so that nothing is known of the broker's answer? */
export function isNetworkFailure(error: unknown): boolean {
  return (
    error instanceof GenericError && error.code === 'PLT_KFK_NETWORK' && !(error instanceof TimeoutError)
  );
}

/** The client throws when any part of an answer holds an error code; here each part is looked at by itself. */
export async function answerOf<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ResponseError && error.response) return error.response as T;
    throw error;
  }
}

/** `what` begins the sentence: "The topics could not be listed". */
export function toClusterError(error: unknown, what: string): ClusterError {
  if (error instanceof ClusterError) return error;
  if (error instanceof KafkaRefusal) {
    return new ClusterError(clusterCodes.get(error.kafkaCode) ?? 'refused', `${what}: ${error.message}`, {
      cause: error,
    });
  }
  if (error instanceof AuthenticationError) {
    return new ClusterError('refused', `${what}: the broker did not accept the credentials.`, {
      cause: error,
    });
  }
  if (error instanceof TimeoutError) {
    return new ClusterError('timed-out', `${what}: the broker did not answer in time.`, { cause: error });
  }
  if (isNetworkFailure(error)) {
    return new ClusterError('unreachable', `${what}: ${reasonOf(error)}.`, { cause: error });
  }
  const code = error instanceof ProtocolError ? Number(error.apiCode) : undefined;
  const kind = code === undefined ? 'refused' : (clusterCodes.get(code) ?? 'refused');
  return new ClusterError(kind, `${what}: ${reasonOf(error)}.`, { cause: error });
}

/** The innermost reason, without a full stop. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof AggregateError && error.errors[0]) return reasonOf(error.errors[0]);
  const text = error.cause instanceof Error ? reasonOf(error.cause) : error.message;
  return text.trim().replace(/\.$/, '');
}

function nameOfCode(code: number): string {
  const known = Object.values(protocolErrors).find((entry) => entry.code === code);
  return known ? `${known.id}, ${known.message.trim().replace(/\.$/, '')}` : `error code ${code}`;
}
