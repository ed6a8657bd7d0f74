import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { HostClient } from '#shared/contract/contract.ts';
import { RpcError } from '#shared/rpc/define-contract.ts';
import { createConnectionEdits } from '../store/connection-edits.ts';
import { startConnection } from '../store/connection-state.ts';
import { noDocument } from '../store/document-state.ts';
import { selectDesign } from '../store/selectors.ts';
import { startView } from '../store/view-state.ts';
import type { WindowState } from '../store/window-state.ts';
import { createSandboxSession } from './sandbox-session.ts';

/** A window with a design, and a host that starts sandboxes `s1`, `s2` … or refuses. */
function windowWithDesign() {
  const started: string[] = [];
  const ended: string[] = [];
  let refusal: string | null = null;
  const empty: WindowState = { document: noDocument, view: startView, connection: startConnection };
  const design = { ...selectDesign(empty), name: 'Shop' };
  const store = createStore<WindowState>(() => ({ ...empty, document: { ...noDocument, design } }));
  const client = {
    sandbox: {
      start: async () => {
        if (refusal !== null) {
          throw new RpcError('refused', refusal);
        }
        started.push(`s${started.length + 1}`);
        return { cluster: started.at(-1) };
      },
      watch: () => () => undefined,
    },
    clusters: { disconnect: async ({ cluster }: { readonly cluster: string }) => void ended.push(cluster) },
  } as unknown as HostClient;
  const connection = createConnectionEdits(store, () => undefined);
  const inView = () => store.getState().connection.cluster?.cluster ?? null;
  const refuse = (sentence: string | null) => {
    refusal = sentence;
  };
  return { session: createSandboxSession({ client, connection, store }), connection, ended, inView, refuse };
}

test('a sandbox that starts is the cluster in view, and stopping it leaves none', async () => {
  const { session, inView, ended } = windowWithDesign();
  await session.start();
  expect(inView()).toBe('s1');
  await session.stop();
  expect(inView()).toBeNull();
  expect(ended).toEqual(['s1']);
  expect(session.view.getState().phase).toBe('off');
});

test('a restart takes the place of what ran', async () => {
  const { session, inView, ended } = windowWithDesign();
  await session.start();
  await session.start();
  expect(inView()).toBe('s2');
  expect(ended).toEqual(['s1']);
});

test('a restart that is refused leaves running what ran, and says why', async () => {
  const { session, inView, ended, refuse } = windowWithDesign();
  await session.start();
  refuse('Topics that are joined must have the same number of partitions.');
  await session.start();
  expect(inView()).toBe('s1');
  expect(ended).toEqual([]);
  expect(session.view.getState()).toMatchObject({ phase: 'on', cluster: 's1' });
  expect(session.view.getState().problem).toContain('same number of partitions');
});

test('a first start that is refused can be tried again', async () => {
  const { session, inView, refuse } = windowWithDesign();
  refuse('It has no topic.');
  await session.start();
  expect(session.view.getState()).toMatchObject({ phase: 'off', problem: 'It has no topic.' });
  refuse(null);
  await session.start();
  expect(session.view.getState()).toMatchObject({ phase: 'on', problem: null });
  expect(inView()).toBe('s1');
});

test('of two starts at once only the later one stays', async () => {
  const { session, inView, ended } = windowWithDesign();
  await Promise.all([session.start(), session.start()]);
  expect(inView()).toBe('s2');
  expect(ended).toEqual(['s1']);
});

test('another cluster in view ends the sandbox', async () => {
  const { session, connection, ended, inView } = windowWithDesign();
  await session.start();
  connection.lookAt({ cluster: 'kafka', kind: 'kafka', label: 'a:1', health: 'ok', trouble: null });
  await Promise.resolve();
  expect(ended).toEqual(['s1']);
  expect(session.view.getState().phase).toBe('off');
  expect(inView()).toBe('kafka');
});
