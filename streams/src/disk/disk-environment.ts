import { closeSync, existsSync, fsyncSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidStateStoreError } from '../errors.ts';
import { DiskTable, type EntryCodec } from './disk-table.ts';
import { type LmdbEnvironment, openEnvironment } from './lmdb.ts';

const MAX_PENDING_ENTRIES = 50_000;
const MAX_PENDING_BYTES = 16 * 1024 * 1024;

/**
 * The tables of one task. Writes wait in memory and reads see them there; `flush` applies those of
 * all tables in one transaction.
 */
export class DiskEnvironment {
  readonly #path: string;
  readonly #durable: boolean;
  readonly #environment: LmdbEnvironment;
  readonly #tables: { flushPending(): void }[] = [];
  #closed = false;
  #entries = 0;
  #bytes = 0;

  /** Not durable: a crash of the machine may leave the files unusable until `sync` was called. */
  constructor(path: string, durable: boolean) {
    this.#path = path;
    this.#durable = durable;
    this.#environment = openEnvironment(path, durable);
  }

  table<T>(name: string, codec: EntryCodec<T>): DiskTable<T> {
    const database = this.#environment.openDB({ name, encoding: 'binary', keyEncoding: 'binary' });
    const table = new DiskTable(name, database, codec, {
      wrote: (bytes, isNew) => this.#wrote(bytes, isNew),
      dropped: (entries) => {
        this.#entries -= entries;
      },
      flush: () => this.flush(),
      assertOpen: () => {
        if (this.#closed)
          throw new InvalidStateStoreError(`The store "${name}" was closed; its task is elsewhere now.`);
      },
    });
    this.#tables.push(table);
    return table;
  }

  /** Empties a table that is not open yet. */
  drop(name: string): void {
    this.#environment.openDB({ name, encoding: 'binary', keyEncoding: 'binary' }).clearSync();
  }

  /** Applies all waiting writes at once. */
  flush(): void {
    if (this.#entries === 0) return;
    this.#environment.transactionSync(() => {
      for (const table of this.#tables) table.flushPending();
    });
    this.#entries = 0;
    this.#bytes = 0;
  }

  /** Returns when what was flushed is on the disk itself. */
  sync(): void {
    if (this.#durable) return;
    const file = join(this.#path, 'data.mdb');
    if (!existsSync(file)) return;
    const handle = openSync(file, 'r+');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  }

  /** Waiting writes are dropped. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#environment.close();
  }

  #wrote(bytes: number, isNew: boolean): void {
    if (isNew) this.#entries += 1;
    this.#bytes += bytes;
    if (this.#entries > MAX_PENDING_ENTRIES || this.#bytes > MAX_PENDING_BYTES) this.flush();
  }
}
