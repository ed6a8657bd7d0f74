// Made by Millstream from design.millstream.json (31b47f6ca1e7). Do not edit: it is written again each time.

import { StreamsBuilder, type Topology } from '@millstream/streams';
import { type PaidOrder, type ReceiptEmail, topics } from '@orders/events';
import type { Handlers } from './handlers.js';

/**
 * Writes to a customer who has paid. A mail cannot be taken back, so it carries its own
 * idempotence key.
 */
export function buildTopology(handlers: Handlers): Topology {
  const builder = new StreamsBuilder();

  const orders = builder.table(topics.orders.name, {
    ...topics.orders.serdes,
    store: 'email-orders',
  });

  const customers = builder.globalTable(topics.customers.name, {
    ...topics.customers.serdes,
    store: 'email-customers',
  });

  builder
    .stream(topics.payments.name, topics.payments.serdes)
    .selectKey((_key, payment) => payment.orderId, { name: 'email-by-order' })
    .join(orders, (payment, order): PaidOrder => ({ order, payment }), {
      name: 'email-paid',
      key: topics.orders.serdes.key,
      value: topics.payments.serdes.value,
    })
    .join(
      customers,
      (_key, paidOrder) => paidOrder.order.customerId,
      (paidOrder, customer): ReceiptEmail => ({
        orderId: paidOrder.order.id,
        to: customer.email,
        firstName: customer.firstName,
        level: customer.level,
        amountCents: paidOrder.payment.amountCents,
      }),
      { name: 'email-receipt' },
    )
    .foreach((key, value) => handlers.sendReceipt({ key, value, idempotenceKey: value.orderId }), {
      name: 'email-send',
    });

  return builder.build();
}
