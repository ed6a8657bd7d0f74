// Made by Millstream from design.millstream.json (ba9bd8a2e7a5). Do not edit: it is written again each time.

import { StreamsBuilder, type Topology } from '@millstream/streams';
import { type OrderValidation, topics } from '@orders/events';

export function buildTopology(): Topology {
  const builder = new StreamsBuilder();

  builder
    .stream(topics.orders.name, topics.orders.serdes)
    .filter((_key, order) => order.state === 'CREATED', { name: 'details-created' })
    .mapValues(
      (order): OrderValidation => ({
        orderId: order.id,
        checkType: 'ORDER_DETAILS_CHECK',
        result:
          order.quantity > 0 && order.quantity <= 100 && order.priceCents > 0 ? 'PASS' : 'FAIL',
      }),
      { name: 'details-verdict' },
    )
    .to(topics.orderValidations.name, topics.orderValidations.serdes);

  return builder.build();
}
