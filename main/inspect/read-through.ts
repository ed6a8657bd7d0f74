import type { ClusterPort, ReadAnswer, ReadRequest } from '../clusters/cluster-port.ts';

const WAIT_MS = 200;

/**
 * Every answer of a partition from one offset up to another. An empty answer is no end: only having reached `to` is.
 */
export async function* readThrough(
  port: ClusterPort,
  range: Omit<ReadRequest, 'maxWaitMs'> & { readonly to: number },
  signal: AbortSignal,
): AsyncGenerator<ReadAnswer> {
  const { to, ...request } = range;
  let from = range.from;
  while (from < to && !signal.aborted) {
    const answer = await port.read({ ...request, from, maxWaitMs: WAIT_MS }, signal);
    yield answer;
    // The log may have been cut behind us: then there is nothing up to `to` any more.
    if (answer.next <= from && answer.endOffset < to) return;
    from = answer.next;
  }
}
