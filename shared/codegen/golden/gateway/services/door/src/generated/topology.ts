// Made by Millstream from design.millstream.json (4e266ee43b78). Do not edit: it is written again each time.

import { topics } from '@gateway/events';
import { StreamsBuilder, type Topology } from '@millstream/streams';

export function buildTopology(): Topology {
  const builder = new StreamsBuilder();

  builder.table(topics.visitors.name, { ...topics.visitors.serdes, store: 'present' });

  return builder.build();
}
