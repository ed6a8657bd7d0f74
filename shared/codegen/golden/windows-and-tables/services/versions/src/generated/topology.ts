// Made by Millstream from design.millstream.json (ce4f30dc84cb). Do not edit: it is written again each time.

import { StreamsBuilder, type Topology } from '@millstream/streams';
import { topics } from '@windows-and-tables/events';

export function buildTopology(): Topology {
  const builder = new StreamsBuilder();

  const homes = builder.table(topics.people.name, {
    ...topics.people.serdes,
    store: 'homes',
    historyRetentionMs: 3_602_000,
  });

  builder
    .stream(topics.clicks.name, topics.clicks.serdes)
    .leftJoin(homes, (click, person) => `${click.page} ${person == null ? '?' : person.city}`, {
      name: 'at-home',
      key: topics.clicks.serdes.key,
      value: topics.clicks.serdes.value,
      gracePeriodMs: 2000,
    })
    .to(topics.atHome.name, topics.atHome.serdes);

  return builder.build();
}
