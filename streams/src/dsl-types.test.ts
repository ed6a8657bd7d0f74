import { describe, expectTypeOf, test } from 'vitest';
import type { KStream, KTable } from './dsl.ts';
import { Serdes } from './serdes.ts';
import { SessionWindows } from './session-windows.ts';
import type { Windowed } from './state-stores.ts';
import { StreamsBuilder } from './streams-builder.ts';
import { JoinWindows, TimeWindows } from './windows.ts';

interface Order {
  readonly product: string;
  readonly quantity: number;
}
interface Product {
  readonly price: number;
}

const key = Serdes.string();
const order = Serdes.json<Order>();
const product = Serdes.json<Product>();

/** Checked by the compiler: a type that does not flow is an error of `tsc`, before any test runs. */
describe('types flow from the serdes', () => {
  const builder = new StreamsBuilder();
  const orders = builder.stream('orders', { key, value: order });
  const products = builder.table('products', { key, value: product });

  test('through steps that change them', () => {
    expectTypeOf(orders).toEqualTypeOf<KStream<string, Order>>();
    expectTypeOf(orders.mapValues(({ quantity }) => quantity)).toEqualTypeOf<KStream<string, number>>();
    expectTypeOf(orders.map((id, { quantity }) => [quantity, id])).toEqualTypeOf<KStream<number, string>>();
    expectTypeOf(orders.flatMapValues(({ product }) => [product])).toEqualTypeOf<KStream<string, string>>();
    expectTypeOf(
      builder
        .stream('maybe', { key, value: Serdes.nullable(order) })
        .filter((_id, value): value is Order => value !== null),
    ).toEqualTypeOf<KStream<string, Order>>();
  });

  test('through branches, by name', () => {
    const { small, rest } = orders.split(
      { small: (_id, { quantity }) => quantity < 10 },
      { defaultBranch: 'rest' },
    );
    expectTypeOf(small).toEqualTypeOf<KStream<string, Order>>();
    expectTypeOf(rest).toEqualTypeOf<KStream<string, Order>>();
  });

  test('through joins, where the other side may be missing only if it can be', () => {
    orders.join(products, (_order, found) => expectTypeOf(found).toEqualTypeOf<Product>(), {
      name: 'inner',
      key,
      value: order,
    });
    orders.leftJoin(products, (_order, found) => expectTypeOf(found).toEqualTypeOf<Product | null>(), {
      name: 'left',
      key,
      value: order,
    });
    orders.outerJoin(
      builder.stream('payments', { key, value: Serdes.double() }),
      (left, right) => {
        expectTypeOf(left).toEqualTypeOf<Order | null>();
        expectTypeOf(right).toEqualTypeOf<number | null>();
      },
      JoinWindows.ofTimeDifferenceWithNoGrace(1000),
      { name: 'outer', key, value: order, otherValue: Serdes.double() },
    );
    const priced = builder.table('order-rows', { key, value: order, store: 'rows' }).join(
      products,
      (value, id) => {
        expectTypeOf(id).toEqualTypeOf<string>();
        return value.product;
      },
      ({ quantity }, { price }) => quantity * price,
      { name: 'priced', materialized: { name: 'priced-rows', value: Serdes.double() } },
    );
    expectTypeOf(priced).toEqualTypeOf<KTable<string, number>>();
  });

  test('through windows', () => {
    const grouped = orders.groupByKey();
    expectTypeOf(
      grouped.windowedBy(TimeWindows.ofSizeWithNoGrace(1000)).count({ name: 'per-second' }),
    ).toEqualTypeOf<KTable<Windowed<string>, number>>();
    expectTypeOf(
      grouped.windowedBy(SessionWindows.ofInactivityGapWithNoGrace(1000)).aggregate<string[]>(
        () => [],
        (_id, { product }, seen) => [...seen, product],
        (_id, one, two) => [...one, ...two],
        { name: 'seen', value: Serdes.json<string[]>() },
      ),
    ).toEqualTypeOf<KTable<Windowed<string>, string[]>>();
  });

  test('and what does not fit is refused', () => {
    const quantities = orders.mapValues(({ quantity }) => quantity);
    // @ts-expect-error: a stream of numbers cannot be written as orders
    quantities.to('out', { value: order });
    // @ts-expect-error: there is no such field
    orders.filter((_id, { colour }) => colour === 'red');
    const options = { name: 'sum', value: Serdes.double() };
    // @ts-expect-error: the aggregate is a number
    orders.groupByKey().aggregate<number>(zero, () => 'text', options);
  });
});

const zero = (): number => 0;
