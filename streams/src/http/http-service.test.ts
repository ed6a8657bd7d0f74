import { afterEach, expect, test } from 'vitest';
import { HttpError, HttpService } from './http-service.ts';

const open: HttpService[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((service) => service.close()));
});

async function serve(ready = true): Promise<string> {
  const service = new HttpService({ bodyLimit: 100, ready: () => ready })
    .route('POST', '/orders', ({ body }) => ({ status: 201, body: { got: body } }))
    .route('GET', '/orders/{id}/items/{item}', ({ params, query }) => ({
      body: { id: params.id, item: params.item, limit: query.get('limit') },
    }))
    .route('GET', '/broken', () => {
      throw new Error('it broke');
    })
    .route('GET', '/forbidden', () => {
      throw new HttpError(403, 'not yours');
    })
    .route('GET', '/health', () => ({ body: 'fine' }), { alwaysOpen: true });
  open.push(service);
  return (await service.listen()).url;
}

async function call(url: string, init: RequestInit = {}): Promise<[number, unknown]> {
  const response = await fetch(url, init);
  return [response.status, await response.json()];
}

const json = { 'content-type': 'application/json' };

test('routes with parameters, query and body', async () => {
  const url = await serve();
  expect(await call(`${url}/orders/a%2Fb/items/7?limit=3`)).toEqual([
    200,
    { id: 'a/b', item: '7', limit: '3' },
  ]);
  expect(await call(`${url}/orders`, { method: 'POST', headers: json, body: '{"a":1}' })).toEqual([
    201,
    { got: { a: 1 } },
  ]);
});

test.each([
  ['bad JSON', '/orders', { method: 'POST', headers: json, body: '{' }, 400],
  ['another type', '/orders', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'x' }, 415],
  ['too much', '/orders', { method: 'POST', headers: json, body: JSON.stringify('x'.repeat(200)) }, 413],
  ['an unknown path', '/nothing', {}, 404],
  ['another method', '/orders', {}, 405],
  ['a refusal', '/forbidden', {}, 403],
  ['a failure', '/broken', {}, 500],
  ['bad encoding', '/orders/%zz/items/1', {}, 400],
])('%s gets one clear sentence', async (_what, path, init, status) => {
  const url = await serve();
  const [answered, body] = await call(`${url}${path}`, init);
  expect(answered).toBe(status);
  expect(body).toEqual({ error: expect.any(String) });
});

test('answers 503 until it is ready, except where it is always open', async () => {
  const url = await serve(false);
  const response = await fetch(`${url}/broken`);
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('1');
  expect(await call(`${url}/health`)).toEqual([200, 'fine']);
});
