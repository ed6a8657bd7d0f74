// Made by Millstream from design.millstream.json (aa09b2450af1). Do not edit: it is written again each time.

import { gather, StreamsBuilder, type Topology } from '@millstream/streams';
import { type Order, topics } from '@orders/events';
import { itemAt } from '@orders/runtime';

/**
 * Decides an order once: when every check that is drawn has passed, at the first that fails, or
 * when the time is out.
 */
export function buildTopology(): Topology {
  const builder = new StreamsBuilder();

  const validations = builder.stream(topics.orderValidations.name, topics.orderValidations.serdes);

  const onlyNewOrders = builder
    .stream(topics.orders.name, topics.orders.serdes)
    .filter((_key, order) => order.state === 'CREATED', { name: 'validation-created' });

  gather(onlyNewOrders, validations, {
    name: 'waitingOrders',
    key: topics.orders.serdes.key,
    start: topics.orders.serdes.value,
    item: topics.orderValidations.serdes.value,
    count: 3,
    itemId: (item) => item.checkType,
    until: (items) => items.some((check) => check.result === 'FAIL'),
    timeoutMs: 60_000,
    result: ({ start: order, items, complete, timedOut }): Order => ({
      id: order.id,
      customerId: order.customerId,
      state: complete && items.every((check) => check.result === 'PASS') ? 'VALIDATED' : 'FAILED',
      product: order.product,
      quantity: order.quantity,
      priceCents: order.priceCents,
      reason: timedOut
        ? 'not every check answered in time'
        : items.some((check) => check.result === 'FAIL')
          ? itemAt(
              items.filter((check) => check.result === 'FAIL'),
              0,
            ).checkType
          : '',
    }),
  }).to(topics.orders.name, topics.orders.serdes);

  return builder.build();
}
