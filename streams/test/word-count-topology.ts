import { Serdes } from '../src/serdes.ts';
import { StreamsBuilder } from '../src/streams-builder.ts';
import type { Topology } from '../src/topology.ts';

/** Counts the words of `<prefix>lines` into `<prefix>counts`, through a repartition topic and a store. */
export function wordCountTopology(prefix: string): Topology {
  const builder = new StreamsBuilder();
  builder
    .stream(`${prefix}lines`, { key: Serdes.string(), value: Serdes.string() })
    .flatMapValues((line) => line.split(' '))
    .groupBy((_key, word) => word, { name: 'words', key: Serdes.string(), value: Serdes.string() })
    .count({ name: 'counts' })
    .toStream()
    .to(`${prefix}counts`);
  return builder.build();
}
