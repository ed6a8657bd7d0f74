// Made by Millstream from design.millstream.json (df3f6127d203). Do not edit: it is written again each time.

import { Serdes, StreamsBuilder, TimeWindows, type Topology } from '@millstream/streams';
import { type CustomerSpend, type OrderValidation, topics } from '@orders/events';
import { exact } from '@orders/runtime';

/** More than 2,000.00 ordered by one customer within an hour is not believed. */
export function buildTopology(): Topology {
  const builder = new StreamsBuilder();

  builder
    .stream(topics.orders.name, topics.orders.serdes)
    .filter((_key, order) => order.state === 'CREATED', { name: 'fraud-created' })
    .groupBy((_key, order) => order.customerId, {
      name: 'fraud-spend',
      key: Serdes.string(),
      value: topics.orders.serdes.value,
    })
    .windowedBy(TimeWindows.ofSizeAndGrace(3_600_000, 600_000))
    .aggregate(
      (): CustomerSpend => ({ orderId: '', totalCents: 0 }),
      (_key, order, aggregate): CustomerSpend => ({
        orderId: order.id,
        totalCents: exact(aggregate.totalCents + exact(order.quantity * order.priceCents)),
      }),
      { name: 'spendPerCustomer', key: Serdes.string(), value: Serdes.json<CustomerSpend>() },
    )
    .toStream((_key, customerSpend) => customerSpend.orderId, { name: 'fraud-changes' })
    .mapValues(
      (customerSpend): OrderValidation => ({
        orderId: customerSpend.orderId,
        checkType: 'FRAUD_CHECK',
        result: customerSpend.totalCents <= 200000 ? 'PASS' : 'FAIL',
      }),
      { name: 'fraud-verdict' },
    )
    .to(topics.orderValidations.name, topics.orderValidations.serdes);

  return builder.build();
}
