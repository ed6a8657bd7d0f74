// Made by Millstream from design.millstream.json (d7b7bef347bd). Do not edit: it is written again each time.

import { topics } from '@handlers/events';
import { StreamsBuilder, type Topology } from '@millstream/streams';
import type { Handlers } from './handlers.js';

export function buildTopology(handlers: Handlers): Topology {
  const builder = new StreamsBuilder();

  const score = builder
    .stream(topics.clicks.name, topics.clicks.serdes)
    .mapValues((click, key) => handlers.scoreOf({ key, value: click }), { name: 'score' });

  score.foreach((key, value) => handlers.tell({ key, value, idempotenceKey: key }), {
    name: 'tell',
  });

  score.to(topics.scores.name, topics.scores.serdes);

  return builder.build();
}
