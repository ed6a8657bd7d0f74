// Made by Millstream from design.millstream.json (a9e34fd52fab). Do not edit: it is written again each time.

import { topics } from '@aggregates/events';
import { exact } from '@aggregates/runtime';
import { Serdes, StreamsBuilder, TimeWindows, type Topology } from '@millstream/streams';

export function buildTopology(): Topology {
  const builder = new StreamsBuilder();

  const clicks = builder.stream(topics.clicks.name, topics.clicks.serdes);

  clicks
    .groupBy((_key, click) => click.page, {
      name: 'per-page',
      key: Serdes.string(),
      value: topics.clicks.serdes.value,
    })
    .count({ name: 'clicksPerPage', key: Serdes.string() })
    .toStream({ name: 'changes' })
    .to(topics.counts.name, topics.counts.serdes);

  clicks
    .mapValues((click) => (click.millis == null ? 0 : click.millis), { name: 'time' })
    .groupByKey()
    .windowedBy(TimeWindows.ofSizeAndGrace(4000, 1000).advanceBy(2000))
    .reduce((aggregate, value) => exact(aggregate + value), {
      name: 'totalTime',
      key: topics.clicks.serdes.key,
      value: Serdes.long(),
    })
    .toStream(({ key, window }) => `${key}@${Math.floor(window.start / 1000)}`, { name: 'when' })
    .to(topics.busy.name, topics.busy.serdes);

  return builder.build();
}
