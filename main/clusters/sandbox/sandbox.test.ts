import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Design } from '#shared/design/design.ts';
import { parseDesign } from '#shared/design/parse-design.ts';
import { SandboxProblem } from './design/sandbox-problem.ts';
import { sessionTimeoutMs } from './run/service-runtime.ts';
import { Sandbox, stepMs } from './sandbox.ts';
import { groupLag } from './testing/group-lag.ts';
import { jsonValues } from './testing/json-values.ts';

const startAt = Date.UTC(2026, 0, 1);

function orders(change: (design: Design) => Design = (design) => design): Design {
  const text = readFileSync(new URL('../../../examples/orders.millstream.json', import.meta.url), 'utf8');
  const parsed = parseDesign(text);
  if (!parsed.ok) throw new Error(parsed.error[0]?.message);
  return change(parsed.value);
}

function start(design: Design): Sandbox {
  return new Sandbox(design, { startAt, realTime: false });
}

/** Stops what comes in and lets everything on its way arrive. */
function drain(sandbox: Sandbox): void {
  for (const { feed } of sandbox.state.feeds) sandbox.act({ do: 'feed', feed, paused: true, perSecond: 1 });
  sandbox.advance(90_000);
}

interface OrderRecord {
  readonly id: string;
  readonly state: 'CREATED' | 'VALIDATED' | 'FAILED';
  readonly reason?: string;
}

async function decisions(sandbox: Sandbox) {
  const records = await jsonValues<OrderRecord>(sandbox.port, 'orders');
  const created = records.filter(({ state }) => state === 'CREATED').map(({ id }) => id);
  const decided = records.filter(({ state }) => state !== 'CREATED');
  return { created, decided };
}

describe('the Orders design in the sandbox', () => {
  it('decides every order once, for each of the reasons the checks know', async () => {
    const sandbox = start(orders());
    sandbox.advance(120_000);
    drain(sandbox);
    const { created, decided } = await decisions(sandbox);
    expect(created.length).toBeGreaterThan(550);
    expect(sandbox.sideEffects).toBeGreaterThan(500);
    expect(decided.map(({ id }) => id).toSorted()).toEqual(created.toSorted());
    const reasons = new Set(decided.map(({ state, reason }) => `${state} ${reason ?? ''}`.trim()));
    expect([...reasons].toSorted()).toEqual([
      'FAILED FRAUD_CHECK',
      'FAILED INVENTORY_CHECK',
      'FAILED ORDER_DETAILS_CHECK',
      'VALIDATED',
    ]);
    for (const service of orders().services)
      expect(await groupLag(sandbox.port, service.applicationId)).toBe(0);
  });

  it('decides every order once although each exactly-once service is killed in the middle', async () => {
    const sandbox = start(orders());
    const killed = [
      'inventory-service#1',
      'fraud-service#1',
      'order-details-service#1',
      'order-validation-service#1',
    ];
    sandbox.advance(20_000);
    for (const instance of killed) {
      expect(sandbox.act({ do: 'crash', instance })).toBe(true);
      sandbox.advance(1_700);
      expect(sandbox.act({ do: 'restart', instance })).toBe(true);
      sandbox.advance(sessionTimeoutMs + stepMs);
    }
    drain(sandbox);
    const { created, decided } = await decisions(sandbox);
    expect(decided.map(({ id }) => id).toSorted()).toEqual(created.toSorted());
    expect(decided.some(({ reason }) => reason === 'not every check answered in time')).toBe(false);
  });

  it('fails an order in time when a check never answers', async () => {
    const sandbox = start(orders());
    sandbox.advance(5_000);
    sandbox.act({ do: 'crash', instance: 'fraud-service#1' });
    sandbox.advance(10_000);
    drain(sandbox);
    const { created, decided } = await decisions(sandbox);
    expect(decided.map(({ id }) => id).toSorted()).toEqual(created.toSorted());
    expect(
      decided.filter(({ reason }) => reason === 'not every check answered in time').length,
    ).toBeGreaterThan(20);
  });

  it('shows an at-least-once service doing work again after a crash', async () => {
    const atLeastOnce = (design: Design): Design => ({
      ...design,
      services: design.services.map((service) =>
        service.id === 'order-details-service' ? { ...service, guarantee: 'at_least_once' } : service,
      ),
    });
    const sandbox = start(orders(atLeastOnce));
    sandbox.advance(20_400);
    sandbox.act({ do: 'crash', instance: 'order-details-service#1' });
    sandbox.act({ do: 'restart', instance: 'order-details-service#1' });
    sandbox.advance(sessionTimeoutMs + stepMs);
    const checks = await jsonValues<{ orderId: string; checkType: string }>(
      sandbox.port,
      'order-validations',
    );
    const details = checks.filter(({ checkType }) => checkType === 'ORDER_DETAILS_CHECK');
    expect(details.length).toBeGreaterThan(new Set(details.map(({ orderId }) => orderId)).size);
  });

  it('moves the tasks of a dead instance to the living one when its session is over', () => {
    const sandbox = start(orders());
    sandbox.act({ do: 'addInstance', service: 'fraud-service' });
    sandbox.advance(1_000);
    const tasks = () =>
      sandbox.state.services
        .find(({ service }) => service === 'fraud-service')
        ?.instances.map(({ state, tasks: held }) => [state, held.length]);
    expect(tasks()).toEqual([
      ['running', 4],
      ['running', 4],
    ]);
    sandbox.act({ do: 'crash', instance: 'fraud-service#1' });
    sandbox.advance(sessionTimeoutMs - stepMs);
    expect(tasks()).toEqual([
      ['crashed', 0],
      ['running', 4],
    ]);
    sandbox.advance(2 * stepMs);
    expect(tasks()).toEqual([
      ['crashed', 0],
      ['running', 8],
    ]);
  });
});

describe('the gateway in the sandbox', () => {
  const order = { id: 'mine', customerId: 'customer-1', product: 'JUMPERS', quantity: 1, priceCents: 2_000 };

  it('takes an order, and answers when it is decided', async () => {
    const sandbox = start(orders());
    sandbox.advance(1_000);
    expect(await sandbox.request('post-order', {}, order)).toMatchObject({
      status: 201,
      body: { state: 'CREATED' },
    });
    const validated = sandbox.request('view-validated', { id: 'mine' }, undefined);
    sandbox.advance(2_000);
    expect(await validated).toMatchObject({ status: 200, body: { id: 'mine', state: 'VALIDATED' } });
    expect(await sandbox.request('view-get', { id: 'mine' }, undefined)).toMatchObject({ status: 200 });
    expect(await sandbox.request('view-get', { id: 'nobody' }, undefined)).toMatchObject({ status: 404 });
  });

  it('says what is wrong with a body, and writes nothing', async () => {
    const sandbox = start(orders());
    const answer = await sandbox.request('post-order', {}, { ...order, quantity: '1', colour: 'red' });
    expect(answer).toEqual({
      status: 400,
      body: { error: 'quantity must be a whole number, not "1"; colour is not a field of NewOrder.' },
    });
    expect(await jsonValues(sandbox.port, 'orders')).toEqual([]);
  });

  it('gives up waiting when the time is over', async () => {
    const sandbox = start(orders());
    const waiting = sandbox.request('view-validated', { id: 'never' }, undefined);
    sandbox.advance(30_000);
    expect(await waiting).toMatchObject({ status: 504 });
  });
});

describe('a design that the sandbox cannot run', () => {
  it('is refused with the operator and the reason', () => {
    const withConnector = (design: Design): Design => ({
      ...design,
      services: [
        ...design.services,
        {
          id: 'copy',
          name: 'Copy',
          applicationId: 'copy',
          guarantee: 'at_least_once',
          instances: 1,
          wires: [],
          operators: [
            {
              id: 'copy-in',
              name: 'From the CRM',
              kind: 'connectorSource',
              external: 'crm',
              topic: 'customers',
              connectorClass: 'x',
              config: {},
            },
          ],
        },
      ],
    });
    expect(() => start(orders(withConnector))).toThrow(
      new SandboxProblem(
        'The operator “From the CRM” (copy-in) needs Kafka Connect, which the sandbox cannot run yet.',
      ),
    );
  });
});
