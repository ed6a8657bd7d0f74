import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClusterPort } from '#main/clusters/cluster-port.ts';
import { connectKafka } from '#main/clusters/kafka/connect-kafka.ts';
import { readGroupLag } from '#main/inspect/group-lag.ts';
import { readStore } from '#main/inspect/store.ts';
import { type LocalCluster, startLocalCluster } from '#tools/kafka/local-cluster.ts';
import {
  exportOrders,
  type RunningServices,
  type ServiceName,
  startServices,
} from './kafka/exported-project.ts';
import {
  hasSoundDetails,
  makeOrders,
  type NewOrder,
  openingStock,
  products,
  spendLimitCents,
  totalCents,
} from './kafka/order-batch.ts';
import { type LogRecord, readLog } from './kafka/read-log.ts';

type CheckType = 'INVENTORY_CHECK' | 'FRAUD_CHECK' | 'ORDER_DETAILS_CHECK';
interface Order extends NewOrder {
  readonly state: 'CREATED' | 'VALIDATED' | 'FAILED';
  readonly reason?: string;
}
interface OrderValidation {
  readonly orderId: string;
  readonly checkType: CheckType;
  readonly result: 'PASS' | 'FAIL';
}
interface Reservation {
  readonly reservedUnits: number;
  readonly orderId: string;
  readonly granted: boolean;
}
interface CustomerSpend {
  readonly orderId: string;
  readonly totalCents: number;
}

const checkTypes: readonly CheckType[] = ['INVENTORY_CHECK', 'FRAUD_CHECK', 'ORDER_DETAILS_CHECK'];
const posted = makeOrders(200);
const byId = new Map(posted.map((order) => [order.id, order]));
/** After how many orders which service is ended without a warning. */
const kills: ReadonlyMap<number, ServiceName> = new Map([
  [60, 'inventory'],
  [120, 'order-validation'],
]);

let folder: string;
let kafka: LocalCluster;
let port: ClusterPort;
let services: RunningServices;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'millstream-orders-'));
  const cluster = startLocalCluster().then((started) => {
    kafka = started;
  });
  await Promise.all([cluster, exportOrders(folder)]);
  const bootstrap = kafka.bootstrapServers.join(',');
  port = await connectKafka(bootstrap);
  services = await startServices(folder, bootstrap);
  await postAll();
}, 240_000);

afterAll(async () => {
  await services?.stop();
  await port?.close();
  await kafka?.stop();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

/** Posts every order at a steady pace, and kills services on the way while others go on being posted. */
async function postAll(): Promise<void> {
  const restarts: Promise<number>[] = [];
  for (const [index, order] of posted.entries()) {
    const victim = kills.get(index);
    if (victim !== undefined) {
      const pid = await services.waitUntilReady(victim);
      process.kill(pid, 'SIGKILL');
      restarts.push(services.waitUntilReady(victim, pid));
    }
    await post(order);
    await pause(15);
  }
  await Promise.all(restarts);
}

async function post(order: NewOrder): Promise<void> {
  const answer = await fetch(`${services.urlOf('orders')}/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(order),
  });
  expect([answer.status, await answer.json()]).toEqual([201, { ...order, state: 'CREATED' }]);
}

async function readOrders() {
  return (await readLog<Order>(port, 'orders')).map(heldBy);
}

async function readValidations() {
  return (await readLog<OrderValidation>(port, 'order-validations')).map(heldBy);
}

function heldBy<V>(record: LogRecord<V>): V {
  if (record.value === null) throw new Error(`Partition ${record.partition} has a tombstone.`);
  return record.value;
}

describe('200 orders, with two exactly-once services killed in the middle', () => {
  it('are all decided', { timeout: 120_000 }, async () => {
    const decided = async () => {
      const orders = await readOrders();
      return new Set(orders.filter(({ state }) => state !== 'CREATED').map(({ id }) => id)).size;
    };
    await expect.poll(decided, { timeout: 90_000, interval: 500 }).toBe(posted.length);
  });

  it('leave no group behind', { timeout: 60_000 }, async () => {
    const listed = (await port.listGroups()).map(({ id }) => id).sort();
    expect(listed).toEqual([
      'email-service',
      'fraud-service',
      'inventory-service',
      'order-details-service',
      'order-validation-service',
      'orders-view',
    ]);
    const lags = async () => {
      const groups = await port.describeGroups(listed);
      const all = await Promise.all(groups.map((group) => readGroupLag(port, group)));
      expect(all.every((partitions) => partitions.length >= 4)).toBe(true);
      return all.flat().filter(({ lag }) => lag !== 0);
    };
    await expect.poll(lags, { timeout: 45_000, interval: 500 }).toEqual([]);
  });

  it('are each written down once and decided once', async () => {
    const counts = new Map<string, [number, number]>();
    for (const { id, state } of await readOrders()) {
      const [created, decided] = counts.get(id) ?? [0, 0];
      counts.set(id, state === 'CREATED' ? [created + 1, decided] : [created, decided + 1]);
    }
    expect([...counts].filter(([, [created, decided]]) => created !== 1 || decided !== 1)).toEqual([]);
    expect(counts.size).toBe(posted.length);
  });

  it('are each checked once by every service', async () => {
    const seen = (await readValidations()).map(({ orderId, checkType }) => `${orderId} ${checkType}`).sort();
    const wanted = posted.flatMap(({ id }) => checkTypes.map((checkType) => `${id} ${checkType}`)).sort();
    expect(seen).toEqual(wanted);
  });

  it('have the decisions that the rules give', async () => {
    const expected = await expectedChecks();
    const wrong = (await readOrders()).filter(({ id, state, reason }) => {
      if (state === 'CREATED') return false;
      const failing = checkTypes.filter((type) => expected.get(`${id} ${type}`) !== 'PASS');
      if (state === 'VALIDATED') return failing.length > 0 || (reason ?? '') !== '';
      // Which of the checks that fail came first is not determined.
      return !failing.some((type) => type === reason);
    });
    expect(wrong).toEqual([]);
  });

  it('have the checks that the rules give', async () => {
    const expected = await expectedChecks();
    const given = new Map(
      (await readValidations()).map(({ orderId, checkType, result }) => [`${orderId} ${checkType}`, result]),
    );
    expect([...given].sort()).toEqual([...expected].sort());
    const fates = new Set(given.values());
    expect(fates).toEqual(new Set(['PASS', 'FAIL']));
  });

  it('never reserve more than there is, and the store is what the log says', async () => {
    const granted = (await readValidations())
      .filter(({ checkType, result }) => checkType === 'INVENTORY_CHECK' && result === 'PASS')
      .map(({ orderId }) => byId.get(orderId));
    const sums = products.map((product) => {
      const units = granted
        .filter((order) => order?.product === product)
        .map((order) => order?.quantity ?? 0);
      return [product, units.reduce((sum, each) => sum + each, 0)] as const;
    });
    const changelog = await readStore(port, {
      topic: 'inventory-service-reservedStock-changelog',
      kind: 'auto',
      limit: 100,
    });
    const told = changelog.entries.map(({ key, value }) => {
      const { reservedUnits } = JSON.parse(value.text) as Reservation;
      return [key.text, reservedUnits];
    });
    expect(changelog.stopped).toBe('end');
    expect(told.sort()).toEqual([...sums].sort());
    const live = (await (await fetch(`${services.urlOf('inventory')}/stores/reservedStock`)).json()) as {
      readonly entries: readonly { readonly key: string; readonly value: Reservation }[];
    };
    expect(live.entries.map(({ key, value }) => [key, value.reservedUnits]).sort()).toEqual(told);
    for (const [, units] of sums) expect(units).toBeLessThanOrEqual(openingStock);
    // The limit was reached, so it was put to the test.
    for (const [, units] of sums) expect(units).toBeGreaterThan(openingStock - 9);
  });

  it('are seen in the view as the log has them', async () => {
    const last = new Map<string, Order>();
    for (const order of await readOrders()) last.set(order.id, order);
    for (const { id } of posted) {
      const answer = await fetch(`${services.urlOf('orders-view')}/orders/${id}`);
      expect([answer.status, await answer.json()]).toEqual([200, last.get(id)]);
    }
  });

  it('leave no process behind when they end', { timeout: 60_000 }, async () => {
    const log = services.log();
    for (const victim of kills.values()) {
      expect(log).toContain(`${victim} ended (SIGKILL); starting it again.`);
    }
    expect(await services.stop()).toEqual([]);
  });
});

/**
 * Every check as it must be, told from what was posted. Only the order in which a customer's and a product's orders
 * were taken is told from the log, since it is not determined; each must have been taken once.
 */
async function expectedChecks(): Promise<ReadonlyMap<string, 'PASS' | 'FAIL'>> {
  const checks = new Map<string, 'PASS' | 'FAIL'>();
  for (const order of posted) {
    checks.set(`${order.id} ORDER_DETAILS_CHECK`, hasSoundDetails(order) ? 'PASS' : 'FAIL');
  }
  const reserved = new Map<string, number>();
  for (const { orderId } of (await readLog<Reservation>(port, changelogOf('inventory', 'reservedStock'))).map(
    heldBy,
  )) {
    const { product, quantity } = orderOf(orderId);
    const units = (reserved.get(product) ?? 0) + quantity;
    const fits = quantity > 0 && units <= openingStock;
    if (fits) reserved.set(product, units);
    take(checks, `${orderId} INVENTORY_CHECK`, fits);
  }
  const spent = new Map<string, number>();
  for (const record of await readLog<CustomerSpend>(port, changelogOf('fraud', 'spendPerCustomer'))) {
    const { orderId } = heldBy(record);
    // The key is the customer's with its window, so that a full hour in the middle changes nothing here.
    const customer = record.key.toString('latin1');
    const cents = (spent.get(customer) ?? 0) + totalCents(orderOf(orderId));
    spent.set(customer, cents);
    take(checks, `${orderId} FRAUD_CHECK`, cents <= spendLimitCents);
  }
  return checks;
}

function take(checks: Map<string, 'PASS' | 'FAIL'>, check: string, passes: boolean): void {
  if (checks.has(check)) throw new Error(`${check} was made twice.`);
  checks.set(check, passes ? 'PASS' : 'FAIL');
}

function changelogOf(service: string, store: string): string {
  return `${service}-service-${store}-changelog`;
}

function orderOf(id: string): NewOrder {
  const order = byId.get(id);
  if (order === undefined) throw new Error(`${id} was never posted.`);
  return order;
}
