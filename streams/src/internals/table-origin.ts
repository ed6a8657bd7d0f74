import { TopologyError } from '../errors.ts';
import type { ProcessorContext } from '../processor.ts';
import type { SessionStore, TimestampedWindowStore, ValueAndTimestamp, Windowed } from '../state-stores.ts';
import type { Origin } from './builder-context.ts';
import { tableStore } from './table-store.ts';

/** Looks up the row of a table, of now; tables with versions know the row as of a timestamp too. */
export type ValueGetter = (key: unknown, asOf?: number) => ValueAndTimestamp<unknown> | null;

/** How another step reads a table: which stores it must be connected to, and the lookup itself. */
export interface ValueGetterSupplier {
  readonly stores: readonly string[];
  get(context: ProcessorContext): ValueGetter;
}

/** A table while the topology is built. */
export interface TableOrigin extends Origin {
  /** The table's own store, when it has one. */
  readonly store: string | null;
  /**
   * Asks the table to send old values downstream. Without `force` it does so only when it has a store
   * anyway; with it, it is materialized. Answers whether it will.
   */
  enableOldValues(force: boolean): boolean;
  /** Lets others look rows up; materializes the table when nothing upstream can answer. */
  valueGetter(): ValueGetterSupplier;
}

/** Rows straight from a key-value store. */
export function storeGetter(store: string): ValueGetterSupplier {
  return {
    stores: [store],
    get(context) {
      const rows = tableStore(context, store);
      return (key, asOf) => (key === null ? null : rows.get(key, asOf));
    },
  };
}

/** Rows of a windowed table, by windowed key. */
export function windowStoreGetter(store: string): ValueGetterSupplier {
  return {
    stores: [store],
    get(context) {
      const rows = context.getStateStore<TimestampedWindowStore<unknown, unknown>>(store);
      return (key) => {
        if (!isWindowed(key)) throw new TopologyError(`The table "${store}" is keyed by windows.`);
        return rows.fetch(key.key, key.window.start);
      };
    },
  };
}

/** Rows of a table of sessions, by windowed key; a session's timestamp is its end. */
export function sessionStoreGetter(store: string): ValueGetterSupplier {
  return {
    stores: [store],
    get(context) {
      const sessions = context.getStateStore<SessionStore<unknown, unknown>>(store);
      return (key) => {
        if (!isWindowed(key)) throw new TopologyError(`The table "${store}" is keyed by sessions.`);
        const { start, end } = key.window;
        const value = sessions.fetchSession(key.key, start, end);
        return value === null ? null : { value, timestamp: end };
      };
    },
  };
}

export function isWindowed(key: unknown): key is Windowed<unknown> {
  return typeof key === 'object' && key !== null && 'window' in key && 'key' in key;
}

/** A switch that a table flips before its processors are made. */
export interface OldValues {
  enabled: boolean;
}
