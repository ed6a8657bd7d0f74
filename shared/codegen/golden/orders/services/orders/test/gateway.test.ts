import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HttpService } from '@millstream/streams';
import { topics } from '@orders/events';
import { addRoutes } from '../src/generated/gateway.js';

test('POST /orders becomes a record', () =>
  withGateway(async (url, sent) => {
    const answer = await request('POST', `${url}/orders`, {
      id: 'order-0',
      customerId: 'customer-0',
      product: 'JUMPERS',
      quantity: 1,
      priceCents: 1500,
    });
    assert.equal(answer.status, 201);
    assert.deepEqual(sent, [
      {
        topic: topics.orders.name,
        key: 'order-0',
        value: {
          id: 'order-0',
          customerId: 'customer-0',
          state: 'CREATED',
          product: 'JUMPERS',
          quantity: 1,
          priceCents: 1500,
        },
      },
    ]);
  }));

test('POST /orders says what is wrong with a request', () =>
  withGateway(async (url, sent) => {
    const answer = await request('POST', `${url}/orders`, { nobodyKnowsThis: true });
    assert.equal(answer.status, 400);
    assert.match(await answer.text(), /id is missing/);
    assert.deepEqual(sent, []);
  }));

interface Sent {
  readonly topic: string;
  readonly key: unknown;
  readonly value: unknown;
}

/** Serves the routes on a free port, with a producer that only notes what it is given. */
async function withGateway(
  use: (url: string, sent: readonly Sent[]) => Promise<void>,
): Promise<void> {
  const sent: Sent[] = [];
  const http = new HttpService();
  addRoutes(http, {
    producer: { send: async (topic, key, value) => void sent.push({ topic, key, value }) },
  });
  const { url } = await http.listen();
  try {
    await use(url, sent);
  } finally {
    await http.close();
  }
}

function request(method: string, url: string, body: unknown): Promise<Response> {
  return fetch(url, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}
