import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { generatorVersion } from '#shared/codegen/generator-version.ts';

test('the generator says the version of package.json', async () => {
  const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
  expect(generatorVersion).toBe(JSON.parse(text).version);
});
