import { type StoreBuilder, Stores } from '../src/store-builder.ts';
import { serdeOf } from './column-serdes.ts';
import type { ResolvedOf } from './workbench.ts';

type Create = (name: string, options: Record<string, unknown>) => StoreBuilder;

/** A store for processors. */
export function createStoreBuilder(step: ResolvedOf<'store'>): StoreBuilder {
  const creators = Stores as unknown as Record<string, Create | undefined>;
  const names = {
    'key-value': 'keyValueStore',
    'timestamped-key-value': 'timestampedKeyValueStore',
    window: 'windowStore',
    'timestamped-window': 'timestampedWindowStore',
    session: 'sessionStore',
    versioned: 'versionedKeyValueStore',
  } as const;
  const create = creators[names[step.kind]];
  if (create === undefined) throw new TypeError(`Stores has no ${names[step.kind]}.`);
  return create(step.store, {
    key: serdeOf(step.key),
    value: serdeOf(step.value),
    logged: step.logged ?? true,
    ...(step.size === undefined ? {} : { windowSizeMs: step.size }),
    ...(step.duplicates === undefined ? {} : { retainDuplicates: step.duplicates }),
    ...(step.kind === 'versioned' ? { historyRetentionMs: step.retention } : { retentionMs: step.retention }),
  });
}
