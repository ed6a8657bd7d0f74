import { InvalidStateStoreError } from '../errors.ts';
import type { KafkaStreams } from '../kafka/kafka-streams.ts';
import type { WatchedRouting } from './query-routing.ts';

/** What an instance knows about itself and the others. */
export function routingOf(streams: KafkaStreams): WatchedRouting {
  return {
    get state() {
      return streams.state;
    },
    builders: () => streams.storeBuilders(),
    owners: (store) => streams.storeOwners(store),
    partitionOf(store, key) {
      const found = streams.queryMetadataForKey(store, key);
      if (found !== null) return found.partition;
      throw new InvalidStateStoreError(`It is not known yet who has the store "${store}".`);
    },
    localParts: (store, stale) => streams.storeParts(store, { stale }),
    onStateChange: (listener) => streams.onStateChange(listener),
    onStoreChange: (store, listener) => streams.onStoreChange(store, listener),
  };
}
