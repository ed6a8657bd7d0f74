import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createMemoryKeyValueStore } from '../internals/memory-key-value-store.ts';
import { VersionedBytes } from '../internals/versioned-bytes.ts';
import { DiskEnvironment } from './disk-environment.ts';
import { createDiskKeyValueStore } from './disk-key-value-store.ts';

test('versions on disk are those in memory, also after opening the store again', async () => {
  const path = mkdtempSync(join(tmpdir(), 'millstream-versions-'));
  let environment = new DiskEnvironment(path, false);
  const historyMs = 9_000;
  const memory = new VersionedBytes(createMemoryKeyValueStore(), historyMs);
  let disk = new VersionedBytes(createDiskKeyValueStore(environment, 'store'), historyMs);
  const keys = ['a', 'ab', ''].map((key) => Buffer.from(key));
  try {
    for (let index = 0; index < 300; index += 1) {
      const key = keys[index % 3] ?? Buffer.alloc(0);
      const value = index % 7 === 0 ? null : Buffer.from(`v${index}`);
      const timestamp = index * 100 + ((index * 7919) % 8_000);
      expect(disk.put(key, value, timestamp)).toBe(memory.put(key, value, timestamp));
      if (index % 100 === 99) {
        environment.flush();
        await environment.close();
        environment = new DiskEnvironment(path, false);
        disk = new VersionedBytes(createDiskKeyValueStore(environment, 'store'), historyMs);
        disk.put(key, value, timestamp);
        memory.put(key, value, timestamp);
      }
    }
    const plain = (entry: ReturnType<VersionedBytes['get']>) =>
      entry === undefined ? null : `${Buffer.from(entry.value)} ${entry.timestamp}`;
    for (const key of keys) {
      expect(plain(disk.get(key))).toBe(plain(memory.get(key)));
      for (let time = 28_000; time < 38_000; time += 50) {
        expect(plain(disk.getAsOf(key, time))).toBe(plain(memory.getAsOf(key, time)));
      }
    }
  } finally {
    await environment.close();
    rmSync(path, { recursive: true });
  }
});
