import { Serdes, StreamsBuilder } from '@millstream/streams';
import { TopologyTestDriver } from '@millstream/streams/testing';

interface Product {
  readonly price: number;
}
interface Order {
  readonly product: string;
  readonly customer: string;
  readonly quantity: number;
}

const key = Serdes.string();
const product = Serdes.json<Product>();
const order = Serdes.json<Order>();
const amount = Serdes.double();
const builder = new StreamsBuilder();

const products = builder.table('products', { key, value: product, store: 'products' });
const orders = builder.table('orders', { key, value: order, store: 'orders' });

orders
  .join(
    products,
    ({ product }) => product,
    ({ customer, quantity }, { price }) => ({ customer, total: quantity * price }),
    {
      name: 'price',
      materialized: { name: 'priced', value: Serdes.json<{ customer: string; total: number }>() },
    },
  )
  .groupBy((_id, { customer, total }) => [customer, total], { name: 'by-customer', key, value: amount })
  .reduce(
    (sum, total) => sum + total,
    (sum, total) => sum - total,
    { name: 'owed', value: amount },
  )
  .toStream()
  .to('owed-per-customer');

const driver = new TopologyTestDriver(builder.build());
const productsIn = driver.createInputTopic('products', key, product);
const ordersIn = driver.createInputTopic('orders', key, order);
productsIn.pipeInput('tea', { price: 4 });
ordersIn.pipeInput('o1', { product: 'tea', customer: 'Carla', quantity: 2 });
ordersIn.pipeInput('o2', { product: 'tea', customer: 'Carla', quantity: 1 });
productsIn.pipeInput('tea', { price: 5 });
ordersIn.pipeInput('o1', null);

for (const [customer, owed] of driver.createOutputTopic('owed-per-customer', key, amount).readKeyValues()) {
  console.log(`${customer} owes ${owed}`);
}
driver.close();
