import type { KafkaStreams } from '../kafka/kafka-streams.ts';

export interface WaitForOptions<V> {
  readonly store: string;
  readonly key: unknown;
  /** Sees null while there is no value. */
  readonly predicate: (value: V | null) => boolean;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/**
 * The row of a key in a local key-value store, versioned or not; null without one. Throws
 * `InvalidStateStoreError` while not RUNNING.
 */
export function latestRow<V>(streams: KafkaStreams, store: string, key: unknown): V | null {
  const isVersioned = streams
    .storeBuilders()
    .some(({ name, kind }) => name === store && kind === 'versioned');
  if (isVersioned) return streams.versionedStore<unknown, V>(store).get(key)?.value ?? null;
  return streams.store<unknown, V>(store).get(key);
}

/**
 * Waits until a key of a local key-value store satisfies a predicate, for reading one's own writes.
 * Answers the value, or null when the time is up first. Survives rebalances.
 */
export function waitFor<V>(streams: KafkaStreams, options: WaitForOptions<V>): Promise<V | null> {
  const { store, key, predicate, timeoutMs, signal } = options;
  return new Promise((resolve) => {
    let stopChanges = (): void => undefined;
    const finish = (value: V | null): void => {
      clearTimeout(timer);
      stopChanges();
      stopStates();
      signal?.removeEventListener('abort', giveUp);
      resolve(value);
    };
    const giveUp = (): void => finish(null);
    const look = (): void => {
      const value = latestRow<V>(streams, store, key);
      if (predicate(value)) finish(value);
    };
    const listen = (): void => {
      stopChanges();
      if (streams.state !== 'RUNNING') return;
      stopChanges = streams.onStoreChange(store, look);
      look();
    };
    const timer = setTimeout(giveUp, timeoutMs);
    const stopStates = streams.onStateChange(listen);
    signal?.addEventListener('abort', giveUp);
    if (signal?.aborted === true) giveUp();
    else listen();
  });
}
