import { TopologyError } from '../errors.ts';

/**
 * What a step forwards and stores belongs to the record at hand, so a step cannot go on later: its
 * promise is refused, also one that would fail without anybody hearing of it.
 */
export function assertSynchronous(result: unknown): void {
  if (!(result instanceof Promise)) return;
  result.catch(() => undefined);
  throw new TopologyError(
    'it returned a promise, but a step ends when it returns: hand work that goes on to ' +
      'context.awaitBeforeCommit(…), or use foreach.',
  );
}
