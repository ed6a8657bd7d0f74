import { messageOf } from '../internals/record-queue.ts';
import { UnavailableError } from './unavailable.ts';

/** Set on what one instance asks another: it answers by itself and asks nobody else. */
export const HOP_HEADER = 'millstream-hop';
/** The partitions that are asked for, when a list is made of the answers of several instances. */
export const PARTITIONS_HEADER = 'millstream-partitions';
/** `true` on an answer that may not be up to date. */
export const STALE_HEADER = 'millstream-stale';
/** How many records such an answer is behind, when that is known. */
export const LAG_HEADER = 'millstream-lag-records';

/** An answer of another instance. */
export interface PeerReply {
  readonly status: number;
  readonly body: unknown;
  readonly stale: string | null;
  readonly lag: string | null;
}

/** Asks another instance. Throws `UnavailableError` when it does not answer, or cannot now. */
export async function askPeer(
  url: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<PeerReply> {
  const { host } = new URL(url);
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(url, { headers: { ...headers, [HOP_HEADER]: '1' }, signal, redirect: 'error' });
    body = await response.json();
  } catch (cause) {
    throw new UnavailableError(`The instance at ${host} does not answer (${reasonOf(cause)})`);
  }
  if (response.status >= 500) {
    const told = isError(body) ? body.error : `status ${response.status}`;
    throw new UnavailableError(`The instance at ${host} cannot answer now (${told.replace(/\.$/, '')})`);
  }
  return {
    status: response.status,
    body,
    stale: response.headers.get(STALE_HEADER),
    lag: response.headers.get(LAG_HEADER),
  };
}

/** `fetch` says only that it failed; why is in the cause. */
function reasonOf(error: unknown): string {
  const { cause } = error instanceof Error ? error : { cause: undefined };
  return messageOf(cause instanceof Error && cause.message !== '' ? cause : error);
}

function isError(body: unknown): body is { error: string } {
  return typeof body === 'object' && body !== null && 'error' in body && typeof body.error === 'string';
}
