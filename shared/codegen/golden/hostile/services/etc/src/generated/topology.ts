// Made by Millstream from design.millstream.json (21b3ff124afe). Do not edit: it is written again each time.

import { topics } from '@class-x/events';
import { StreamsBuilder, type Topology } from '@millstream/streams';

/** `${x}` *​/ */
export function buildTopology(): Topology {
  const builder = new StreamsBuilder();

  // *​/ not the end
  builder
    .stream(topics.classClass.name, topics.classClass.serdes)
    .filter((_key, promise) => promise.class !== "it's" && promise.class !== '`${x}`', {
      name: 'topics',
    })
    .to(topics.classCopy.name, topics.classCopy.serdes);

  return builder.build();
}
