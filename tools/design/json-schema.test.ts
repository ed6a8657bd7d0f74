import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { designJsonSchema } from '#shared/design/json-schema.ts';

it('publishes the JSON Schema of today’s model', () => {
  const published = readFileSync(
    new URL('../../docs/millstream-design.schema.json', import.meta.url),
    'utf8',
  );
  expect(JSON.parse(published), 'renew it with: node tools/design/write-json-schema.ts').toEqual(
    JSON.parse(JSON.stringify(designJsonSchema())),
  );
});
