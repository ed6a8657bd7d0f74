import { JoinWindows, Serdes, StreamsBuilder } from '@millstream/streams';
import { TopologyTestDriver } from '@millstream/streams/testing';

const text = Serdes.string();
const builder = new StreamsBuilder();
const orders = builder.stream('orders', { key: text, value: text });
const payments = builder.stream('payments', { key: text, value: text });

orders
  .leftJoin(
    payments,
    (order, payment) => `${order}, ${payment ?? 'not paid in time'}`,
    JoinWindows.ofTimeDifferenceAndGrace(60_000, 5_000),
    { name: 'order-payment' },
  )
  .to('order-states', { value: text });

const driver = new TopologyTestDriver(builder.build());
const ordersIn = driver.createInputTopic('orders', text, text);
const paymentsIn = driver.createInputTopic('payments', text, text);
ordersIn.pipeInput('o1', 'two books', { timestamp: 0 });
ordersIn.pipeInput('o2', 'a lamp', { timestamp: 10_000 });
paymentsIn.pipeInput('o1', 'paid by card', { timestamp: 20_000 });
ordersIn.pipeInput('o3', 'a chair', { timestamp: 80_000 }); // time moves past o2's window and grace

for (const [id, state] of driver.createOutputTopic('order-states', text, text).readKeyValues()) {
  console.log(`${id}: ${state}`);
}
driver.close();
