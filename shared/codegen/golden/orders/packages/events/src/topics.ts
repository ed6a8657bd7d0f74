// Made by Millstream from design.millstream.json (191435849e8c). Do not edit: it is written again each time.

import { type Serde, Serdes } from '@millstream/streams';
import type { Customer, Order, OrderValidation, Payment, Product, StockLevel } from './types.js';

/** A topic as the services agree on it. */
export interface Topic<K, V> {
  readonly name: string;
  readonly partitions: number;
  readonly replication: number;
  readonly config: Readonly<Record<string, string>>;
  readonly serdes: { readonly key: Serde<K>; readonly value: Serde<V> };
}

export const topics = {
  /** Every state of every order, for ever: the truth that views are rebuilt from. */
  orders: topic({
    name: 'orders',
    partitions: 4,
    replication: 3,
    config: { 'cleanup.policy': 'delete', 'retention.ms': '-1', 'min.insync.replicas': '2' },
    serdes: { key: Serdes.string(), value: Serdes.json<Order>() },
  }),
  orderValidations: topic({
    name: 'order-validations',
    partitions: 4,
    replication: 3,
    config: { 'cleanup.policy': 'delete', 'retention.ms': '604800000', 'min.insync.replicas': '2' },
    serdes: { key: Serdes.string(), value: Serdes.json<OrderValidation>() },
  }),
  warehouseInventory: topic({
    name: 'warehouse-inventory',
    partitions: 4,
    replication: 3,
    config: { 'cleanup.policy': 'compact', 'min.insync.replicas': '2' },
    serdes: { key: Serdes.string() as Serde<Product>, value: Serdes.json<StockLevel>() },
  }),
  payments: topic({
    name: 'payments',
    partitions: 4,
    replication: 3,
    config: { 'cleanup.policy': 'delete', 'retention.ms': '604800000', 'min.insync.replicas': '2' },
    serdes: { key: Serdes.string(), value: Serdes.json<Payment>() },
  }),
  customers: topic({
    name: 'customers',
    partitions: 4,
    replication: 3,
    config: { 'cleanup.policy': 'compact', 'min.insync.replicas': '2' },
    serdes: { key: Serdes.string(), value: Serdes.json<Customer>() },
  }),
  /**
   * What no service could read or process, as it was, with the cause in headers: a person looks,
   * mends, and sends it again.
   */
  deadLetters: topic({
    name: 'dead-letters',
    partitions: 4,
    replication: 3,
    config: {
      'cleanup.policy': 'delete',
      'retention.ms': '1209600000',
      'min.insync.replicas': '2',
    },
    serdes: { key: Serdes.string(), value: Serdes.json<string>() },
  }),
};

function topic<K, V>(description: Topic<K, V>): Topic<K, V> {
  return description;
}
