import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { HostClient } from '#shared/contract/contract.ts';
import type { TailEvent } from '#shared/contract/inspect.ts';
import { type Listener, RpcError } from '#shared/rpc/define-contract.ts';
import { startConnection } from '../../store/connection-state.ts';
import { noDocument } from '../../store/document-state.ts';
import { startView } from '../../store/view-state.ts';
import type { WindowState } from '../../store/window-state.ts';
import { createTailSession, type TailQuestion } from './tail-session.ts';

const nothing = { kind: 'null', text: '', bytes: 0, truncated: false } as const;
const question: TailQuestion = {
  topic: 'orders',
  partition: null,
  from: 'end',
  filter: '',
  isolation: 'read_committed',
};

interface Asked {
  readonly request: Parameters<HostClient['inspect']['tail']>[0];
  readonly listener: Listener<TailEvent>;
  stopped: boolean;
}

/** A window on a cluster whose host only writes down what it is asked. */
function windowOnCluster() {
  const asked: Asked[] = [];
  const tail: HostClient['inspect']['tail'] = (request, listener) => {
    const one: Asked = { request, listener, stopped: false };
    asked.push(one);
    return () => {
      one.stopped = true;
    };
  };
  const cluster = { cluster: 'c1', kind: 'kafka', label: 'a:1', health: 'ok', trouble: null } as const;
  const store = createStore<WindowState>(() => ({
    document: noDocument,
    view: startView,
    connection: { ...startConnection, cluster },
  }));
  const client = { inspect: { tail } } as unknown as HostClient;
  const see = (name: string | null) =>
    store.setState(({ connection }) => ({
      connection: { ...connection, cluster: name === null ? null : { ...cluster, cluster: name } },
    }));
  return { session: createTailSession({ client, store }), asked, see };
}

function event(partition: number, from: number, count: number, more: Partial<TailEvent> = {}): TailEvent {
  const records = Array.from({ length: count }, (_, index) => ({
    partition,
    offset: from + index,
    timestamp: 1_000 + index,
    key: nothing,
    value: nothing,
    headers: [],
  }));
  const next = from + count;
  return { records, dropped: 0, positions: [{ partition, next, end: next }], filterError: null, ...more };
}

test('after a pause each partition goes on at its own offset', () => {
  const { session, asked } = windowOnCluster();
  session.start(question);
  asked[0]?.listener.event(event(0, 10, 3));
  asked[0]?.listener.event(event(1, 70, 1));
  session.pause();
  expect(asked[0]?.stopped).toBe(true);
  session.resume();
  expect(asked.slice(1).map(({ request }) => [request.partition, request.from])).toEqual([
    [0, { offset: 13 }],
    [1, { offset: 71 }],
  ]);
  expect(session.view.getState()).toMatchObject({ phase: 'following', buffer: { arrived: 4 } });
});

test('a record that was shown is not shown again', () => {
  const { session, asked } = windowOnCluster();
  session.start(question);
  asked[0]?.listener.event(event(0, 10, 3));
  asked[0]?.listener.event(event(0, 11, 4));
  const offsets = session.view.getState().buffer.kept.map(({ record }) => record.offset);
  expect(offsets).toEqual([10, 11, 12, 13, 14]);
});

test('a failure says why, and going on continues where it was', () => {
  const { session, asked } = windowOnCluster();
  session.start(question);
  asked[0]?.listener.event(event(0, 10, 3));
  asked[0]?.listener.error?.(new RpcError('cluster-unreachable', 'The cluster is gone.'));
  expect(session.view.getState()).toMatchObject({ phase: 'failed', failure: 'The cluster is gone.' });
  session.resume();
  expect(asked[1]?.request).toMatchObject({ partition: 0, from: { offset: 13 } });
  expect(session.view.getState().failure).toBeNull();
});

test('what was dropped and the first error of a filter add up', () => {
  const { session, asked } = windowOnCluster();
  session.start({ ...question, filter: 'value.x > 1' });
  expect(asked[0]?.request.filter).toBe('value.x > 1');
  asked[0]?.listener.event(event(0, 0, 0, { dropped: 2, filterError: 'No such field.' }));
  asked[0]?.listener.event(event(0, 0, 0, { dropped: 3 }));
  expect(session.view.getState()).toMatchObject({
    dropped: 5,
    filterError: 'No such field.',
    answered: true,
  });
});

test('a tail that was paused stays so on another cluster', () => {
  const { session, asked, see } = windowOnCluster();
  session.start(question);
  session.pause();
  see(null);
  see('c2');
  expect(asked).toHaveLength(1);
  expect(session.view.getState().phase).toBe('idle');
});

test('another cluster starts the same question anew, and no cluster ends it', () => {
  const { session, asked, see } = windowOnCluster();
  session.start(question);
  asked[0]?.listener.event(event(0, 10, 3));
  see('c2');
  expect(asked[0]?.stopped).toBe(true);
  expect(asked[1]?.request).toMatchObject({ cluster: 'c2', from: 'end' });
  expect(session.view.getState().buffer.kept).toEqual([]);
  see(null);
  expect(asked[1]?.stopped).toBe(true);
  expect(session.view.getState().phase).toBe('idle');
  see('c3');
  expect(asked[2]?.request).toMatchObject({ cluster: 'c3' });
});
