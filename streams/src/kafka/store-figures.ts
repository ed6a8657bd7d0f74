import type { StoreHandle } from '../internals/store-handle.ts';
import type { StoreFigures } from './metrics-snapshot.ts';

export function storeFigures(task: string, { name, bytes }: StoreHandle): StoreFigures {
  return { task, store: name, entries: bytes.size() };
}
