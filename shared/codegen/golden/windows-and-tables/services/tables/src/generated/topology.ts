// Made by Millstream from design.millstream.json (14ae568aa548). Do not edit: it is written again each time.

import { type KeyValue, Serdes, StreamsBuilder, type Topology } from '@millstream/streams';
import { type Order, type Person, type Span, topics } from '@windows-and-tables/events';
import { exact } from '@windows-and-tables/runtime';

export function buildTopology(): Topology {
  const builder = new StreamsBuilder();

  const orders = builder.table(topics.orders.name, {
    ...topics.orders.serdes,
    store: 'orders-table',
  });

  const people = builder.table(topics.people.name, { ...topics.people.serdes, store: 'people' });

  const employees = builder.table(topics.employees.name, {
    ...topics.employees.serdes,
    store: 'employees',
  });

  orders
    .groupBy((_key, order): KeyValue<string, Order> => [order.customer, order], {
      name: 'spent',
      key: Serdes.string(),
      value: topics.orders.serdes.value,
    })
    .aggregate(
      (): Span => ({ pages: [], millis: 0 }),
      (key, order, aggregate): Span => ({
        pages: [...aggregate.pages, key],
        millis: exact(aggregate.millis + order.cents),
      }),
      (_key, order, aggregate): Span => ({
        pages: aggregate.pages,
        millis: exact(aggregate.millis - order.cents),
      }),
      { name: 'spent', key: Serdes.string(), value: Serdes.json<Span>() },
    )
    .toStream({ name: 'spent-changes' })
    .to(topics.visits.name, topics.visits.serdes);

  orders
    .leftJoin(
      people,
      (order) => order.customer,
      (order, person) => `${person == null ? 'somebody' : person.name}: ${order.cents}`,
      { name: 'with-person' },
    )
    .toStream({ name: 'with-person-changes' })
    .to(topics.namedOrders.name, topics.namedOrders.serdes);

  people
    .outerJoin(
      employees,
      (left, right) => `${left == null ? '-' : left.name}/${right == null ? '-' : right.name}`,
      {
        name: 'everybody',
        materialized: { name: 'everybody', key: topics.people.serdes.key, value: Serdes.string() },
      },
    )
    .toStream({ name: 'everybody-changes' })
    .to(topics.everybody.name, topics.everybody.serdes);

  orders
    .join(
      people,
      (order) => order.customer,
      (_order, person) => person,
      {
        name: 'with-known',
        materialized: {
          name: 'with-known',
          key: topics.orders.serdes.key,
          value: Serdes.json<Person>(),
        },
      },
    )
    .groupBy((_key, person): KeyValue<string, Person> => [person.city, person], {
      name: 'orders-per-city',
      key: Serdes.string(),
      value: Serdes.json<Person>(),
    })
    .count({ name: 'ordersPerCity', key: Serdes.string() })
    .toStream({ name: 'orders-per-city-changes' })
    .to(topics.ordersPerCity.name, topics.ordersPerCity.serdes);

  return builder.build();
}
