// Made by Millstream from design.millstream.json (b0f9d126e861). Do not edit: it is written again each time.

import {
  BufferConfig,
  Serdes,
  SessionWindows,
  SlidingWindows,
  StreamsBuilder,
  Suppressed,
  TimeWindows,
  type Topology,
} from '@millstream/streams';
import { type Span, topics } from '@windows-and-tables/events';
import { exact } from '@windows-and-tables/runtime';

export function buildTopology(): Topology {
  const builder = new StreamsBuilder();

  const clicks = builder.stream(topics.clicks.name, topics.clicks.serdes);

  clicks
    .groupByKey()
    .windowedBy(SessionWindows.ofInactivityGapAndGrace(1500, 1000))
    .count({ name: 'clicksOfVisit', key: topics.clicks.serdes.key })
    .suppress(Suppressed.untilWindowCloses(BufferConfig.unbounded()), {
      name: 'clicksOfVisit-suppress',
    })
    .toStream(
      ({ key, window }) =>
        `${key}@${Math.floor(window.start / 1000) % 1000}-${Math.floor(window.end / 1000) % 1000}`,
      { name: 'visits-final' },
    )
    .to(topics.visitSizes.name, topics.visitSizes.serdes);

  clicks
    .groupBy((_key, click) => click.page, {
      name: 'per-page',
      key: Serdes.string(),
      value: topics.clicks.serdes.value,
    })
    .windowedBy(TimeWindows.ofSizeAndGrace(4000, 0))
    .count({ name: 'finalCounts', key: Serdes.string() })
    .suppress(Suppressed.untilWindowCloses(BufferConfig.unbounded()), {
      name: 'finalCounts-suppress',
    })
    .toStream(
      ({ key, window }) =>
        `${key}@${Math.floor(window.start / 1000) % 1000}-${Math.floor(window.end / 1000) % 1000}`,
      { name: 'per-page-final' },
    )
    .to(topics.finalCounts.name, topics.finalCounts.serdes);

  clicks
    .groupByKey()
    .count({ name: 'nowAndThen', key: topics.clicks.serdes.key })
    .suppress(Suppressed.untilTimeLimit(4000, BufferConfig.maxRecords(2)), {
      name: 'nowAndThen-suppress',
    })
    .toStream({ name: 'per-visitor-changes' })
    .to(topics.nowAndThen.name, topics.nowAndThen.serdes);

  clicks
    .groupByKey()
    .windowedBy(SessionWindows.ofInactivityGapAndGrace(2500, 1000))
    .aggregate(
      (): Span => ({ pages: [], millis: 0 }),
      (_key, click, aggregate): Span => ({
        pages: [...aggregate.pages, click.page],
        millis: exact(aggregate.millis + click.millis),
      }),
      (_key, left, right): Span => ({
        pages: [...left.pages, ...right.pages],
        millis: exact(left.millis + right.millis),
      }),
      { name: 'visits', key: topics.clicks.serdes.key, value: Serdes.json<Span>() },
    )
    .toStream(
      ({ key, window }) =>
        `${key}@${Math.floor(window.start / 1000) % 1000}-${Math.floor(window.end / 1000) % 1000}`,
      { name: 'visits-changes' },
    )
    .filter((_key, span) => span != null, { name: 'visits-alive' })
    .to(topics.visits.name, topics.visits.serdes);

  clicks
    .mapValues((click) => click.millis, { name: 'click-time' })
    .groupByKey()
    .windowedBy(SlidingWindows.ofTimeDifferenceAndGrace(3000, 1000))
    .reduce((aggregate, value) => (value > aggregate ? value : aggregate), {
      name: 'mostOfLate',
      key: topics.clicks.serdes.key,
      value: Serdes.long(),
    })
    .toStream(
      ({ key, window }) =>
        `${key}@${Math.floor(window.start / 1000) % 1000}-${Math.floor(window.end / 1000) % 1000}`,
      { name: 'recent-changes' },
    )
    .to(topics.recent.name, topics.recent.serdes);

  return builder.build();
}
