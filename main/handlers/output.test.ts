import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildDesign, buildService, buildTopic } from '#shared/design/testing/build-design.ts';
import { writeDesign } from '#shared/design/write-design.ts';
import { createOutputHandlers } from './output.ts';

const handlers = createOutputHandlers();
const never = new AbortController().signal;
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millstream-generate-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const text = writeDesign(buildDesign({ name: 'Shop', topics: [buildTopic('orders', { partitions: 6 })] }));

test('writes the topics of a design, and tells the files', async () => {
  const request = { text, target: 'topics', folder, dryRun: false } as const;
  const { files } = await handlers.generate(request, never);
  expect(files).toEqual([
    { path: 'create-topics.sh', status: 'created' },
    { path: 'strimzi-topics.yaml', status: 'created' },
    { path: 'topics.json', status: 'created' },
  ]);
  const script = await readFile(join(folder, 'create-topics.sh'), 'utf8');
  expect(script).toContain('--topic orders --partitions 6 --replication-factor 1');
  const again = await handlers.generate(request, never);
  expect(again.files.map(({ status }) => status)).toEqual(['unchanged', 'unchanged', 'unchanged']);
});

test('a dry run writes nothing', async () => {
  await handlers.generate({ text, target: 'topics', folder, dryRun: true }, never);
  expect(await readdir(folder)).toEqual([]);
});

test('refuses what is no design, a target that is for later, and a foreign folder, each in a sentence', async () => {
  const ask = (input: Partial<Parameters<typeof handlers.generate>[0]>) =>
    handlers.generate({ text, target: 'topics', folder, dryRun: false, ...input }, never);
  await expect(ask({ text: '{' })).rejects.toMatchObject({ code: 'bad-input' });
  await expect(ask({ target: 'java' })).rejects.toThrow('The target "java" cannot be generated yet');
  await writeFile(join(folder, 'mine.txt'), '');
  await expect(ask({})).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringContaining('is not empty and was not written by Millstream'),
  });
});

test('names the operator that nothing runs yet', async () => {
  const service = buildService(
    'reports',
    [
      {
        id: 'copy',
        name: 'To the warehouse',
        kind: 'connectorSink',
        external: 'warehouse',
        topic: 'orders',
        connectorClass: 'Jdbc',
        config: {},
      },
    ],
    [],
  );
  const warehouse = { id: 'warehouse', name: 'Warehouse', kind: 'database' as const };
  const design = buildDesign({
    topics: [buildTopic('orders')],
    services: [service],
    externals: [warehouse],
  });
  const request = { text: writeDesign(design), target: 'typescript', folder, dryRun: false } as const;
  await expect(handlers.generate(request, never)).rejects.toThrow(
    'In service “reports”, operator “To the warehouse”: a Kafka Connect sink cannot be generated yet.',
  );
  expect(await readdir(folder)).toEqual([]);
});
