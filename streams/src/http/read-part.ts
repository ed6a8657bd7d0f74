import { InvalidStateStoreError } from '../errors.ts';
import { assertNever } from '../internals/assert-never.ts';
import { querySessionStore } from '../internals/query-session-store.ts';
import { queryKeyValueStore, queryWindowStore } from '../internals/query-stores.ts';
import { queryVersionedStore } from '../internals/query-versioned-store.ts';
import type { StoreHandle } from '../internals/store-handle.ts';
import type { Windowed } from '../state-stores.ts';
import type { KeyQuery, ListQuery } from './store-query.ts';

/** An entry of a list; `sort` orders it among the entries of all parts. */
export interface ListedEntry {
  readonly key: unknown;
  readonly value: unknown;
  readonly sort: string;
}

/** The value of a key in one part of a store without windows; null when it has none. */
export function readRowFrom(handle: StoreHandle, { key, asOf }: Pick<KeyQuery, 'key' | 'asOf'>): unknown {
  const { name, kind } = handle.builder;
  const own = (): StoreHandle[] => [handle];
  if (kind !== 'versioned') return queryKeyValueStore(name, own).get(key);
  return queryVersionedStore(name, own).get(key, asOf ?? undefined)?.value ?? null;
}

/** What one part of a store says about a key: the body of the answer, or null when it has nothing. */
export function readKeyFrom(handle: StoreHandle, query: KeyQuery): object | null {
  const { key, times, asOf } = query;
  const { builder } = handle;
  const own = (): StoreHandle[] => [handle];
  if (query.encoded) {
    const value = readRowFrom(handle, query);
    return { value: value === null ? null : Buffer.from(builder.value.serialize(value)).toString('base64') };
  }
  switch (builder.kind) {
    case 'key-value': {
      const value = readRowFrom(handle, query);
      return value === null ? null : { key, value };
    }
    case 'window': {
      const found = queryWindowStore(builder.name, own).fetchRange(key, times.from, times.to);
      const windows = Array.from(found, ([start, value]) => ({
        start,
        end: start + builder.windowSizeMs,
        value,
      }));
      return { key, windows };
    }
    case 'session': {
      const found = querySessionStore(builder.name, own).findSessions(key, times.from, times.to);
      return { key, sessions: Array.from(found, ([{ window }, value]) => ({ ...window, value })) };
    }
    case 'versioned': {
      const row = queryVersionedStore(builder.name, own).get(key, asOf ?? undefined);
      return row === null ? null : { key, ...row };
    }
    case 'suppress-buffer':
      throw new InvalidStateStoreError(`The store "${builder.name}" is a buffer and cannot be queried.`);
    default:
      return assertNever(builder);
  }
}

/** The first entries of one part, in order: one more than the limit, to tell whether there are more. */
export function listFrom(handle: StoreHandle, query: ListQuery): ListedEntry[] {
  const entries: ListedEntry[] = [];
  for (const entry of entriesOf(handle, query)) {
    entries.push(entry);
    if (entries.length > query.limit) break;
  }
  return entries;
}

function* entriesOf(handle: StoreHandle, { from, to, times }: ListQuery): IterableIterator<ListedEntry> {
  const { builder } = handle;
  const own = (): StoreHandle[] => [handle];
  const sortOf = (key: unknown): string => Buffer.from(builder.key.serialize(key)).toString('hex');
  const windowSort = ({ key, window }: Windowed<unknown>): string =>
    `${sortOf(key)} ${hexTime(window.start)} ${hexTime(window.end)}`;
  switch (builder.kind) {
    case 'key-value':
      for (const [key, value] of queryKeyValueStore(builder.name, own).range(from, to)) {
        yield { key, value, sort: sortOf(key) };
      }
      return;
    case 'window':
      for (const [key, value] of queryWindowStore(builder.name, own).fetchAll(times.from, times.to)) {
        yield { key, value, sort: windowSort(key as Windowed<unknown>) };
      }
      return;
    case 'session':
      for (const [key, value] of querySessionStore(builder.name, own).all()) {
        if (key.window.end < times.from || key.window.start > times.to) continue;
        yield { key, value, sort: windowSort(key) };
      }
      return;
    case 'versioned':
      throw new InvalidStateStoreError(`The store "${builder.name}" is versioned and has no list.`);
    case 'suppress-buffer':
      throw new InvalidStateStoreError(`The store "${builder.name}" is a buffer and cannot be queried.`);
    default:
      assertNever(builder);
  }
}

function hexTime(ms: number): string {
  return ms.toString(16).padStart(14, '0');
}
