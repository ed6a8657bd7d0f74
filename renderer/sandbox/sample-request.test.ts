import { expect, test } from 'vitest';
import type { Design } from '#shared/design/design.ts';
import { parseDesign } from '#shared/design/parse-design.ts';
import { checkValue } from '#shared/design/queries/check-value.ts';
import ordersText from '../../examples/orders.millstream.json?raw';
import { filledPath, httpOperators, pathParameters, sampleBody } from './sample-request.ts';
import { sampleValue } from './sample-value.ts';

function ordersDesign(): Design {
  const parsed = parseDesign(ordersText);
  if (!parsed.ok) {
    throw new Error('The example does not parse.');
  }
  return parsed.value;
}

function gatewayOf(design: Design) {
  const found = httpOperators(design).find(({ operator }) => operator.kind === 'httpWrite')?.operator;
  if (found?.kind !== 'httpWrite') {
    throw new Error('The example has no gateway.');
  }
  return found;
}

test('a gateway with a feed starts from what the feed would send', () => {
  const design = ordersDesign();
  expect(sampleBody(design, gatewayOf(design), 7)).toMatchObject({
    id: 'order-7',
    customerId: 'customer-49',
  });
});

test('without a feed, or with one that cannot say, a body fits the schema', () => {
  const design: Design = { ...ordersDesign(), feeds: [] };
  const gateway = gatewayOf(design);
  const body = sampleBody(design, gateway, 7);
  expect(body).toMatchObject({ id: 'my-1', customerId: 'customer-1', product: 'JUMPERS', quantity: 1 });
  expect(checkValue(design, { ref: gateway.accepts ?? '' }, body)).toEqual([]);
});

test('a value is made for every type of the example', () => {
  const design = ordersDesign();
  for (const schema of design.schemas) {
    expect(checkValue(design, { ref: schema.id }, sampleValue(design, { ref: schema.id }))).toEqual([]);
  }
});

test('a record that holds itself comes to an end', () => {
  const design: Design = {
    ...ordersDesign(),
    schemas: [
      { id: 'node', name: 'Node', kind: 'record', fields: [{ name: 'next', type: { ref: 'node' } }] },
    ],
  };
  expect(JSON.stringify(sampleValue(design, { ref: 'node' }))).toContain('null');
});

test('the parameters of a path are found and filled in', () => {
  expect(pathParameters('/orders/{id}/lines/{line}')).toEqual(['id', 'line']);
  expect(pathParameters('/orders')).toEqual([]);
  expect(filledPath('/orders/{id}', { id: 'a/b' })).toBe('/orders/a%2Fb');
  expect(filledPath('/orders/{id}', {})).toBe('/orders/{id}');
});
