import { expect, it, vi } from 'vitest';
import { createMemoryPair } from './memory-transport.ts';
import { rpcSuite } from './rpc-suite.ts';

rpcSuite('memory', async () => {
  const [client, host] = createMemoryPair();
  return { client, host, dispose: async () => client.close() };
});

it('copies what it carries', async () => {
  const [left, right] = createMemoryPair();
  const received: unknown[] = [];
  right.onMessage((message) => received.push(message));
  const sent = { list: [1] };
  left.send(sent);
  sent.list.push(2);
  await vi.waitFor(() => expect(received).toEqual([{ list: [1] }]));
});

it('tells of a close that came before', async () => {
  const [left, right] = createMemoryPair();
  left.close();
  await new Promise<void>((resolve) => right.onClose(resolve));
});
