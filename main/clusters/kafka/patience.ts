import { ClusterError } from '../cluster-port.ts';
import { pause } from '../pause.ts';
import { isNetworkFailure, isPassing, KafkaRefusal } from './kafka-failure.ts';

const PASSING_LIMIT_MS = 5_000;
const NETWORK_LIMIT_MS = 1_500;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 500;

/**
 * Asks again while leaders and coordinators move, and for a moment when a connection breaks. `attempt` is 0 the
 * first time: later ones must not trust what was remembered.
 */
export async function patiently<T>(
  signal: AbortSignal,
  ask: (attempt: number) => Promise<T>,
  canAskAgain: (error: unknown) => boolean = () => true,
): Promise<T> {
  const started = performance.now();
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await ask(attempt);
    } catch (error) {
      const waited = performance.now() - started;
      if (signal.aborted || waited > limitFor(error) || !canAskAgain(error)) throw error;
    }
    await pause(Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS), signal);
  }
}

/** Ends the wait when the signal says so; what was asked is left to finish by itself. */
export function untilAborted<T>(
  signal: AbortSignal,
  waiting: Promise<T>,
  reason: () => ClusterError,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(reason());
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    waiting.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

function limitFor(error: unknown): number {
  if (error instanceof KafkaRefusal) return isPassing(error.kafkaCode) ? PASSING_LIMIT_MS : 0;
  if (error instanceof ClusterError) return error.code === 'unreachable' ? NETWORK_LIMIT_MS : 0;
  return isNetworkFailure(error) ? NETWORK_LIMIT_MS : 0;
}
