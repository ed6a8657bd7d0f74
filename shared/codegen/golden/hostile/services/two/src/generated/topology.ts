// Made by Millstream from design.millstream.json (5c377b4dcc13). Do not edit: it is written again each time.

import { topics } from '@class-x/events';
import { StreamsBuilder, type Topology } from '@millstream/streams';

export function buildTopology(): Topology {
  const builder = new StreamsBuilder();

  builder
    .stream(topics.classClass.name, topics.classClass.serdes)
    .to(topics.classCopy.name, topics.classCopy.serdes);

  return builder.build();
}
