// Made by Millstream from design.millstream.json (d118f4086b72). Do not edit: it is written again each time.

import { topics } from '@joins/events';
import { StreamsBuilder, type Topology } from '@millstream/streams';

export function buildTopology(): Topology {
  const builder = new StreamsBuilder();

  const visitors = builder.table(topics.visitors.name, {
    ...topics.visitors.serdes,
    store: 'known',
  });

  builder
    .stream(topics.clicks.name, topics.clicks.serdes)
    .selectKey((_key, click) => click.visitor, { name: 'by-visitor' })
    .leftJoin(visitors, (_click, visitor) => (visitor == null ? 'somebody' : visitor.name), {
      name: 'name-it',
      key: topics.visitors.serdes.key,
      value: topics.clicks.serdes.value,
    })
    .to(topics.named.name, topics.named.serdes);

  return builder.build();
}
