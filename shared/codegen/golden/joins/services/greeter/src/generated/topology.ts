// Made by Millstream from design.millstream.json (407bb80eb679). Do not edit: it is written again each time.

import { topics } from '@joins/events';
import { StreamsBuilder, type Topology } from '@millstream/streams';

export function buildTopology(): Topology {
  const builder = new StreamsBuilder();

  const everybody = builder.globalTable(topics.visitors.name, {
    ...topics.visitors.serdes,
    store: 'everybody',
  });

  builder
    .stream(topics.clicks.name, topics.clicks.serdes)
    .join(
      everybody,
      (_key, click) => click.visitor,
      (_click, visitor) => `Hello ${visitor.name}`,
      { name: 'greet' },
    )
    .to(topics.greeted.name, topics.greeted.serdes);

  return builder.build();
}
