// Made by Millstream from design.millstream.json (6913f4673755). Do not edit: it is written again each time.

import { JoinWindows, SessionWindows, StreamsBuilder, type Topology } from '@millstream/streams';
import { topics } from '@windows-and-tables/events';

export function buildTopology(): Topology {
  const builder = new StreamsBuilder();

  const clicks = builder.stream(topics.clicks.name, topics.clicks.serdes);

  const otherClicks = builder.stream(topics.otherClicks.name, topics.otherClicks.serdes);

  clicks
    .filter((_key, click) => click.millis < 0, { name: 'short' })
    .to(topics.impossible.name, {
      key: topics.clicks.serdes.key,
      value: topics.clicks.serdes.value,
    });
  otherClicks.to(topics.impossible.name, {
    key: topics.otherClicks.serdes.key,
    value: topics.otherClicks.serdes.value,
  });

  clicks
    .outerJoin(
      otherClicks,
      (left, right) => (left == null ? '-' : left.page) + (right == null ? '-' : right.page),
      JoinWindows.ofTimeDifferenceAndGrace(1000, 500).after(2000),
      {
        name: 'pair',
        key: topics.clicks.serdes.key,
        value: topics.clicks.serdes.value,
        otherValue: topics.otherClicks.serdes.value,
      },
    )
    .to(topics.pairs.name, topics.pairs.serdes);

  clicks
    .groupByKey()
    .windowedBy(SessionWindows.ofInactivityGapAndGrace(1500, 0))
    .emitStrategy('on-window-close')
    .count({ name: 'once', key: topics.clicks.serdes.key })
    .toStream(
      ({ key, window }) =>
        `${key}@${Math.floor(window.start / 1000) % 1000}-${Math.floor(window.end / 1000) % 1000}`,
      { name: 'once-final' },
    )
    .to(topics.visitSizes.name, topics.visitSizes.serdes);

  return builder.build();
}
