import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { contract } from '#shared/contract/contract.ts';
import type { TailEvent } from '#shared/contract/inspect.ts';
import { createClient } from '#shared/rpc/client.ts';
import { createMemoryPair } from '#shared/rpc/memory-transport.ts';
import { serveWindow } from './serve-window.ts';
import { createServices, type Services } from './services.ts';

const orders = new URL('../examples/orders.millstream.json', import.meta.url);
let folder: string;
let services: Services;
let errors: unknown[];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'millstream-services-'));
  errors = [];
  services = await createServices({
    kind: 'web',
    folder,
    openAtStart: null,
    runAtStart: null,
    dialogs: null,
    stateFolder: path.join(folder, 'state'),
    onError: (error) => errors.push(error),
  });
});
afterEach(async () => {
  await services.close();
  await rm(folder, { recursive: true, force: true });
  expect(errors).toEqual([]);
});

function openWindow() {
  const [page, host] = createMemoryPair();
  serveWindow(services, host, (error) => errors.push(error));
  return createClient(contract, page);
}

describe('a window', { timeout: 20_000 }, () => {
  it('has a handler for all that the contract says', () => {
    const { handlers } = services.openWindow();
    const shape = (areas: object) =>
      Object.entries(areas).map(([area, members]) => [area, Object.keys(members).sort()]);
    expect(Object.fromEntries(shape(handlers))).toEqual(Object.fromEntries(shape(contract)));
  });

  it('runs a design in the sandbox and watches it through the pipe', async () => {
    const client = openWindow();
    const { cluster } = await client.sandbox.start({ text: await readFile(orders, 'utf8') });
    expect(await client.clusters.describe({ cluster })).toMatchObject({ kind: 'sandbox' });
    const { topics } = await client.inspect.topics({ cluster });
    expect(topics.map(({ name }) => name)).toContain('orders');
    const seen: TailEvent[] = [];
    const stop = client.inspect.tail(
      { cluster, topic: 'orders', partition: null, from: 'start', isolation: 'read_committed' },
      { event: (event) => seen.push(event) },
    );
    await vi.waitFor(() => expect(seen.flatMap(({ records }) => records).length).toBeGreaterThan(0), {
      timeout: 15_000,
    });
    stop();
    client.close();
  });

  it('takes what it started with it when it closes', async () => {
    const client = openWindow();
    const window = services.openWindow();
    const signal = new AbortController().signal;
    const { cluster } = await client.sandbox.start({ text: await readFile(orders, 'utf8') });
    await expect(window.handlers.clusters.describe({ cluster }, signal)).rejects.toMatchObject({
      code: 'not-found',
    });
    const own = await window.handlers.sandbox.start({ text: await readFile(orders, 'utf8') }, signal);
    await window.close();
    await expect(window.handlers.clusters.describe(own, signal)).rejects.toMatchObject({ code: 'not-found' });
    client.close();
  });
});
