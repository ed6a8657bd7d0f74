// Made by Millstream from design.millstream.json (182fb11df927). Do not edit: it is written again each time.

import { StreamsBuilder, type Topology } from '@millstream/streams';
import { topics } from '@orders/events';

/** The query side: the latest state of every order, and an answer that waits for the decision. */
export function buildTopology(): Topology {
  const builder = new StreamsBuilder();

  builder.table(topics.orders.name, { ...topics.orders.serdes, store: 'view-orders' });

  return builder.build();
}
