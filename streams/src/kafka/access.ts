import { AuthorizationError } from '../errors.ts';
import { errorType } from './kafka-errors.ts';

/** What a request needs to be allowed; the words are those of Kafka's ACLs. */
export interface Access {
  readonly kind: 'topic' | 'group' | 'transactional id' | 'cluster';
  /** Several, when the answer does not say which one is meant. */
  readonly name: string | readonly string[];
  readonly operation: 'Read' | 'Write' | 'Create' | 'Describe' | 'Delete' | 'IdempotentWrite';
}

const refusedKinds: Readonly<Record<string, Access['kind']>> = {
  TOPIC_AUTHORIZATION_FAILED: 'topic',
  GROUP_AUTHORIZATION_FAILED: 'group',
  TRANSACTIONAL_ID_AUTHORIZATION_FAILED: 'transactional id',
  CLUSTER_AUTHORIZATION_FAILED: 'cluster',
};

export function topicAccess(operation: Access['operation'], ...name: readonly string[]): Access {
  return { kind: 'topic', name, operation };
}

/** The group of an application: whoever may read it may also commit its offsets. */
export function groupAccess(name: string): Access {
  return { kind: 'group', name, operation: 'Read' };
}

/** Whoever may write with a transactional id may also describe it. */
export function transactionAccess(name: string): Access {
  return { kind: 'transactional id', name, operation: 'Write' };
}

/** True when the cluster refused a request because of missing ACLs. */
export function isAccessRefused(error: unknown): boolean {
  return error instanceof AuthorizationError || refusedKinds[errorType(error)] !== undefined;
}

/** Says of a refusal what was to be allowed; other errors stay what they are. */
export function nameRefusal<E>(error: E, needed: readonly Access[]): E | AuthorizationError {
  const kind = refusedKinds[errorType(error)];
  const access = needed.find((each) => each.kind === kind);
  if (kind === undefined || access === undefined) return error;
  const { operation, name } = access;
  const names = typeof name === 'string' ? [name] : [...new Set(name)];
  const place =
    kind === 'cluster' ? 'the cluster' : `the ${kind} ${names.map((each) => `"${each}"`).join(' or ')}`;
  return new AuthorizationError(
    `The cluster does not allow ${operation} on ${place}: grant it to the user of this application.`,
    { cause: error, operation, resource: kind, names },
  );
}

/** The result of `work`; a refusal says what was to be allowed. */
export async function withAccess<T>(needed: readonly Access[], work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw nameRefusal(error, needed);
  }
}
