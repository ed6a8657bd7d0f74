import { describe, expect, it } from 'vitest';
import { ClusterError } from '../clusters/cluster-port.ts';
import { stubPort } from '../inspect/stub-port-suite.ts';
import { createClusterRegistry, createClustersHandlers } from './clusters.ts';
import { createInspectHandlers } from './inspect.ts';

const description = { kind: 'kafka', clusterId: 'c', controllerId: 1, brokers: [] } as const;
const signal = new AbortController().signal;

function connectedTo(answers: Parameters<typeof stubPort>[0]) {
  let closed = 0;
  const registry = createClusterRegistry();
  const port = stubPort({
    describe: async () => ({ ...description, brokers: [] }),
    close: async () => {
      closed += 1;
    },
    ...answers,
  });
  const handlers = createClustersHandlers(registry, async () => port);
  return { registry, handlers, closed: () => closed };
}

describe('the clusters handlers', () => {
  it('connect, describe and disconnect by handle', async () => {
    const { handlers, closed } = connectedTo({});
    const { cluster } = await handlers.connect({ bootstrap: 'a:1' }, signal);
    expect(await handlers.describe({ cluster }, signal)).toEqual(description);
    expect(await handlers.disconnect({ cluster }, signal)).toEqual({});
    expect(closed()).toBe(1);
    const gone = handlers.describe({ cluster }, signal);
    await expect(gone).rejects.toMatchObject({ name: 'RpcError', code: 'not-found', data: { cluster } });
    expect(await handlers.disconnect({ cluster }, signal)).toEqual({});
  });

  it('close a connection that cannot be described', async () => {
    const failing = { describe: () => Promise.reject(new ClusterError('unreachable', 'Nobody answers.')) };
    const { handlers, closed } = connectedTo(failing);
    const connecting = handlers.connect({ bootstrap: 'a:1' }, signal);
    await expect(connecting).rejects.toMatchObject({ name: 'RpcError', code: 'cluster-unreachable' });
    expect(closed()).toBe(1);
  });

  it('refuse an address that is none, before anything is asked', async () => {
    const handlers = createClustersHandlers(createClusterRegistry());
    const connecting = handlers.connect({ bootstrap: 'nonsense' }, signal);
    await expect(connecting).rejects.toMatchObject({ name: 'RpcError', code: 'bad-input' });
  });

  it('keep clusters apart and close all at the end', async () => {
    const { registry, closed } = connectedTo({});
    const first = stubPort({});
    const second = stubPort({});
    const handles = [registry.add(first), registry.add(second)];
    expect(handles.map((handle) => registry.get(handle))).toEqual([first, second]);
    expect(new Set(handles).size).toBe(2);
    await registry.closeAll();
    expect(() => registry.get(handles[0] ?? '')).toThrow('no longer connected');
    expect(closed()).toBe(0);
  });
});

describe('the inspect handlers', () => {
  it('give a cluster’s errors as the ones that cross the pipe', async () => {
    const registry = createClusterRegistry();
    const listTopics = () => Promise.reject(new ClusterError('closed', 'The connection was closed.'));
    const cluster = registry.add(stubPort({ listTopics, layoutTopics: async () => [] }));
    const inspect = createInspectHandlers(registry);
    const topics = inspect.topics({ cluster }, signal);
    await expect(topics).rejects.toMatchObject({
      code: 'disconnected',
      message: 'The connection was closed.',
    });
    const topic = inspect.topic({ cluster, topic: 'none' }, signal);
    await expect(topic).rejects.toMatchObject({ code: 'not-found' });
    await expect(inspect.topics({ cluster: 'other' }, signal)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('refuse a filter that cannot be read, and say where', async () => {
    const registry = createClusterRegistry();
    const cluster = registry.add(stubPort({}));
    const request = {
      cluster,
      topic: 't',
      partition: null,
      from: 'end',
      isolation: 'read_committed',
    } as const;
    const tail = createInspectHandlers(registry).tail(
      { ...request, filter: 'value ==' },
      () => undefined,
      signal,
    );
    await expect(tail).rejects.toMatchObject({ code: 'bad-input', data: { start: expect.any(Number) } });
  });
});
