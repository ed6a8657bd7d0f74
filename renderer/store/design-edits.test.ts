import { beforeEach, expect, test } from 'vitest';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { buildDesign, buildTopic } from '#shared/design/testing/build-design.ts';
import { startConnection } from './connection-state.ts';
import { createDesignEdits, type DesignEdits } from './design-edits.ts';
import { noDocument } from './document-state.ts';
import { startView } from './view-state.ts';
import type { WindowState } from './window-state.ts';

let store: StoreApi<WindowState>;
let edits: DesignEdits;

beforeEach(() => {
  store = createStore<WindowState>(() => ({
    document: noDocument,
    view: startView,
    connection: startConnection,
  }));
  edits = createDesignEdits(store);
  edits.load(buildDesign({ topics: [buildTopic('orders')] }), true);
});

const rename = (name: string) => ({ do: 'updateTopic', topic: 'orders', changes: { name } }) as const;
const nameNow = () => store.getState().document.design?.topics[0]?.name;

test('typing in one field is one step, another field begins the next', () => {
  edits.apply([rename('o')], 'orders.name');
  edits.apply([rename('or')], 'orders.name');
  edits.apply([{ do: 'updateTopic', topic: 'orders', changes: { partitions: 9 } }], 'orders.partitions');
  edits.undo();
  expect(nameNow()).toBe('or');
  edits.undo();
  expect(nameNow()).toBe('orders');
  expect(store.getState().document).toMatchObject({
    dirty: false,
    undoTitle: null,
    redoTitle: 'updateTopic',
  });
});

test('a refused change says why and changes nothing', () => {
  const before = store.getState().document.design;
  expect(edits.apply([rename('fine'), rename('not a topic name')])).toMatchObject({ code: 'not-a-command' });
  expect(store.getState().document.design).toBe(before);
});

test('what is removed does not stay selected, and an edge of the canvas does', () => {
  store.setState((state) => ({ view: { ...state.view, selection: ['orders', 'wire:a'] } }));
  edits.apply([{ do: 'remove', ids: ['orders'] }]);
  expect(store.getState().view.selection).toEqual(['wire:a']);
});

test('saved is where it was saved, also after undo and redo', () => {
  edits.apply([rename('paid')]);
  edits.noteSaved();
  edits.undo();
  expect(store.getState().document.dirty).toBe(true);
  edits.redo();
  expect(store.getState().document.dirty).toBe(false);
});
