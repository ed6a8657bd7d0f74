import { type NewOrder, type Topic, topics } from '@orders/events';
import { exact, itemAt } from '@orders/runtime';

/** A record for a topic, in bytes, or a request to a service. */
export type FeedRecord =
  | { readonly topic: string; readonly key: Buffer | null; readonly value: Buffer }
  | {
      readonly service: string;
      readonly method: 'POST' | 'PUT';
      readonly path: string;
      readonly body: unknown;
    };

/** Records made for a first run, in place of the world outside; the same each time. */
export interface Feed {
  readonly name: string;
  /** The topic that is filled; null for requests to a service. */
  readonly topic: string | null;
  /** How many there are; null: no end. */
  readonly count: number | null;
  /** Records a second; 0: all at once. */
  readonly rate: number;
  /** The record of a number, from 0. */
  readonly record: (n: number) => FeedRecord;
}

export const feeds: readonly Feed[] = [
  {
    name: 'opening-stock',
    topic: 'warehouse-inventory',
    count: 3,
    rate: 0,
    record: (n) =>
      toTopic(topics.warehouseInventory, itemAt(['JUMPERS', 'UNDERPANTS', 'STOCKINGS'], n), {
        units: 200,
      }),
  },
  {
    name: 'deliveries',
    topic: 'warehouse-inventory',
    count: null,
    rate: 0.1,
    record: (n) =>
      toTopic(topics.warehouseInventory, itemAt(['JUMPERS', 'UNDERPANTS', 'STOCKINGS'], n % 3), {
        units: exact(200 + exact(70 * exact(1 + Math.trunc(n / 3)))),
      }),
  },
  {
    name: 'customers',
    topic: 'customers',
    count: 500,
    rate: 0,
    record: (n) =>
      toTopic(topics.customers, `customer-${n}`, {
        id: `customer-${n}`,
        firstName: itemAt(['Ada', 'Grace', 'Edsger', 'Barbara', 'Leslie'], n % 5),
        lastName: itemAt(['Lane', 'Moor', 'Dale', 'Field'], n % 4),
        email: `customer-${n}@shop.example`,
        address: `${exact(1 + n)} Mill Lane`,
        level: itemAt(['BRONZE', 'SILVER', 'GOLD', 'PLATINUM'], n % 4),
      }),
  },
  {
    name: 'orders-from-the-shop',
    topic: null,
    count: null,
    rate: 5,
    record: (n) => ({
      service: 'orders',
      method: 'POST',
      path: '/orders',
      body: {
        id: `order-${n}`,
        customerId: `customer-${exact(n * 7) % 500}`,
        product: itemAt(['JUMPERS', 'UNDERPANTS', 'STOCKINGS'], n % 3),
        quantity: n % 13 === 12 ? 0 : 1 + (n % 3),
        priceCents: n % 17 === 16 ? 250000 : 1500 + (exact(n * 37) % 4000),
      } satisfies NewOrder,
    }),
  },
  {
    name: 'payments',
    topic: 'payments',
    count: null,
    rate: 5,
    record: (n) =>
      toTopic(topics.payments, `payment-${n}`, {
        id: `payment-${n}`,
        orderId: `order-${n}`,
        currency: 'EUR',
        amountCents: 1500 + (exact(n * 37) % 4000),
      }),
  },
];

function toTopic<K, V>(topic: Topic<K, V>, key: K | null, value: V): FeedRecord {
  const { serdes } = topic;
  return {
    topic: topic.name,
    key: key === null ? null : Buffer.from(serdes.key.serialize(key)),
    value: Buffer.from(serdes.value.serialize(value)),
  };
}
