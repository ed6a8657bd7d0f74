// Made by Millstream from design.millstream.json (a4b7f02ce982). Do not edit: it is written again each time.

import { type KeyValue, Serdes, StreamsBuilder, type Topology } from '@millstream/streams';
import { topics } from '@stateless/events';

export function buildTopology(): Topology {
  const builder = new StreamsBuilder();

  const slowOnes = builder
    .stream(topics.clicks.name, topics.clicks.serdes)
    .filter((_key, click) => click.millis != null && click.millis >= 10, { name: 'slow' });

  const where = slowOnes.split(
    { prices: (_key, click) => click.page === '/prices' },
    { name: 'where', defaultBranch: 'otherwise' },
  );

  const page = where.prices.mapValues((click) => click.page, { name: 'page' });

  slowOnes
    .map(
      (_key, click): KeyValue<string, number> => [
        click.visitor,
        click.millis == null ? 0 : click.millis,
      ],
      { name: 'millis' },
    )
    .to(topics.visitors.name, topics.visitors.serdes);

  where.prices
    .mapValues((click) => click.page, { name: 'price-page' })
    .to((_key, value) => (value === '/prices' ? 'prices' : 'pages'), {
      ...topics.prices.serdes,
      topics: [topics.prices.name, topics.pages.name],
    });

  where.otherwise
    .flatMapValues((click): readonly string[] => [click.page, click.visitor], { name: 'words' })
    .merge(page, { name: 'both' })
    .selectKey((_key, value) => value, { name: 'by-page' })
    .repartition({ name: 'spread', key: Serdes.string(), value: Serdes.string(), partitions: 4 })
    .to(topics.pages.name, topics.pages.serdes);

  return builder.build();
}
