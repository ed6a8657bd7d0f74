// Made by Millstream from design.millstream.json (37ee2cd7df43). Do not edit: it is written again each time.

import { type KeyValue, Serdes, StreamsBuilder, type Topology } from '@millstream/streams';
import {
  type OrderValidation,
  type OrderWithStock,
  type Reservation,
  topics,
} from '@orders/events';
import { exact } from '@orders/runtime';

/**
 * Reserves stock. All orders of a product pass through one partition, so check and reservation are
 * one step.
 */
export function buildTopology(): Topology {
  const builder = new StreamsBuilder();

  const stock = builder.table(topics.warehouseInventory.name, {
    ...topics.warehouseInventory.serdes,
    store: 'inventory-stock',
  });

  builder
    .stream(topics.orders.name, topics.orders.serdes)
    .filter((_key, order) => order.state === 'CREATED', { name: 'inventory-created' })
    .selectKey((_key, order) => order.product, { name: 'inventory-by-product' })
    .leftJoin(
      stock,
      (order, stockLevel): OrderWithStock => ({
        order,
        unitsInStock: stockLevel == null ? 0 : stockLevel.units,
      }),
      {
        name: 'inventory-with-stock',
        key: topics.warehouseInventory.serdes.key,
        value: topics.orders.serdes.value,
      },
    )
    .groupByKey()
    .aggregate(
      (): Reservation => ({ reservedUnits: 0, orderId: '', granted: false }),
      (_key, orderWithStock, aggregate): Reservation =>
        orderWithStock.order.quantity > 0 &&
        exact(aggregate.reservedUnits + orderWithStock.order.quantity) <=
          orderWithStock.unitsInStock
          ? {
              reservedUnits: exact(aggregate.reservedUnits + orderWithStock.order.quantity),
              orderId: orderWithStock.order.id,
              granted: true,
            }
          : {
              reservedUnits: aggregate.reservedUnits,
              orderId: orderWithStock.order.id,
              granted: false,
            },
      {
        name: 'reservedStock',
        key: topics.warehouseInventory.serdes.key,
        value: Serdes.json<Reservation>(),
      },
    )
    .toStream({ name: 'inventory-changes' })
    .map(
      (_key, reservation): KeyValue<string, OrderValidation> => [
        reservation.orderId,
        {
          orderId: reservation.orderId,
          checkType: 'INVENTORY_CHECK',
          result: reservation.granted ? 'PASS' : 'FAIL',
        },
      ],
      { name: 'inventory-verdict' },
    )
    .to(topics.orderValidations.name, topics.orderValidations.serdes);

  return builder.build();
}
