import { expect, test } from 'vitest';
import { parseDesign } from '#shared/design/parse-design.ts';
import ordersText from '../../examples/orders.millstream.json?raw';
import { placeOf } from './file-of.ts';

const parsed = parseDesign(ordersText);
if (!parsed.ok) {
  throw new Error('The example does not parse.');
}
const design = parsed.value;

const files = new Map(
  Object.entries({
    '.millstream/manifest.json': `"fraud-created"`,
    'packages/events/src/topics.ts': `import x;\nexport const orders = { name: 'orders' };`,
    'packages/events/src/types.ts': `export interface Order {`,
    'services/fraud/src/generated/topology.ts': `a\nb\n.filter(x, { name: 'fraud-created' })\n{ name: 'spendPerCustomer' }`,
    'services/fraud/test/topology.test.ts': `'fraud-created'`,
    'services/orders/src/generated/gateway.ts': `first\nroute('POST', '/orders')`,
    'services/e-mail/src/generated/topology.ts': `nothing of it`,
    'services/e-mail/src/handlers/send-receipt.ts': `export function`,
  }).map(([path, text]) => [path, { text }]),
);

test.each([
  ['an operator, at its name', 'fraud-created', 'services/fraud/src/generated/topology.ts', 3],
  ['a stateful operator, at its store', 'fraud-spend', 'services/fraud/src/generated/topology.ts', 4],
  ['a gateway operator, at its path', 'post-order', 'services/orders/src/generated/gateway.ts', 2],
  ['a side effect, in its handler', 'email-send', 'services/e-mail/src/handlers/send-receipt.ts', null],
  ['a service, in its topology', 'fraud-service', 'services/fraud/src/generated/topology.ts', null],
  ['a topic, where its name is', 'orders', 'packages/events/src/topics.ts', 2],
  ['a schema, at its type', 'order', 'packages/events/src/types.ts', 1],
])('finds %s', (_what, id, path, line) => {
  expect(placeOf(design, files, id)).toEqual({ path, line });
});

test('what no file is about has no place', () => {
  expect(placeOf(design, files, 'mail-server')).toBeNull();
});
