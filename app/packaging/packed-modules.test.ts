import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

/** Everything that a module needs at run time and that is installed here, itself included. */
async function findNeeded(name: string, found = new Set<string>()): Promise<ReadonlySet<string>> {
  const file = path.join(root, 'node_modules', name, 'package.json');
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null || found.has(name)) return found;
  found.add(name);
  const manifest: Record<string, Record<string, string> | undefined> = JSON.parse(text);
  for (const needed of Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies })) {
    await findNeeded(needed, found);
  }
  return found;
}

it('packs all that the Kafka client needs, and nothing else of node_modules', async () => {
  const config = await readFile(path.join(root, 'electron-builder.yml'), 'utf8');
  const packed = [...config.matchAll(/- node_modules\/(.+)\/\*\*$/gm)].map(([, pattern]) => pattern);
  const needed = [...(await findNeeded('@platformatic/kafka'))].map((name) =>
    name.startsWith('@') ? name.split('/')[0] : name,
  );
  expect(needed.length).toBeGreaterThan(3);
  expect(new Set(packed)).toEqual(new Set(needed));
});
