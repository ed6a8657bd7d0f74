import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import type { StorePlan } from '../internals/plan.ts';
import { Serdes } from '../serdes.ts';
import { Stores } from '../store-builder.ts';
import {
  type CheckpointEntry,
  deleteCheckpoint,
  readCheckpoint,
  writeCheckpoint,
} from './checkpoint-file.ts';
import { lockDirectory } from './directory-lock.ts';
import { StateDirectory, type StateDirectoryOptions } from './state-directory.ts';

const text = { key: Serdes.string(), value: Serdes.string() };
const directories: string[] = [];

function freshDirectory(): string {
  const path = mkdtempSync(join(tmpdir(), 'millstream-state-'));
  directories.push(path);
  return path;
}

afterEach(() => {
  vi.useRealTimers();
  for (const path of directories.splice(0)) rmSync(path, { recursive: true, force: true });
});

const topics = fc.constantFrom('app-counts-changelog', 'app.b_c-store-changelog');
const entries: fc.Arbitrary<CheckpointEntry[]> = fc.uniqueArray(
  fc.record({ topic: topics, partition: fc.nat({ max: 50 }), offset: fc.nat() }),
  { selector: ({ topic, partition }) => `${topic} ${partition}`, maxLength: 100 },
);

test('a checkpoint reads back as it was written, whatever was there before', () => {
  const directory = freshDirectory();
  fc.assert(
    fc.property(entries, (written) => {
      writeCheckpoint(directory, written);
      expect(readCheckpoint(directory)).toEqual(written);
    }),
  );
});

test('a checkpoint has the format of Kafka Streams, and anything else is not trusted', () => {
  const directory = freshDirectory();
  const path = join(directory, '.checkpoint');
  writeCheckpoint(directory, [
    { topic: 'app-a-changelog', partition: 0, offset: 41 },
    { topic: 'app-b-changelog', partition: 0, offset: 7 },
  ]);
  expect(readFileSync(path, 'utf8')).toBe('0\n2\napp-a-changelog 0 41\napp-b-changelog 0 7\n');
  for (const broken of [
    '',
    '0\n',
    '1\n0\n',
    '0\n2\na 0 1\n',
    '0\n1\na 0\n',
    '0\n1\na 0 x\n',
    '0\n1\na 0 -4\n',
  ]) {
    writeFileSync(path, broken);
    expect([broken, readCheckpoint(directory)]).toEqual([broken, null]);
  }
  deleteCheckpoint(directory);
  expect(existsSync(path)).toBe(false);
  expect(readCheckpoint(directory)).toBeNull();
});

test('a directory has one owner at a time, in this process and in others', async () => {
  const directory = freshDirectory();
  const unlock = lockDirectory(directory);
  expect(() => lockDirectory(directory)).toThrow(
    `The state directory "${directory}" is in use by another instance`,
  );
  unlock();
  lockDirectory(directory)();
  const child = fork(fileURLToPath(new URL('../../test/lock-child.ts', import.meta.url)), [directory]);
  await once(child, 'message');
  expect(() => lockDirectory(directory)).toThrow(`(process ${child.pid})`);
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  lockDirectory(directory)();
});

test('a lock that was left behind is taken over, also when its process id is in use again', () => {
  const directory = freshDirectory();
  const leave = (owner: object): void => writeFileSync(join(directory, '.lock'), JSON.stringify(owner));
  leave({ host: 'elsewhere', pid: 1, started: null });
  lockDirectory(directory)();
  writeFileSync(join(directory, '.lock'), '{"host');
  lockDirectory(directory)();
  leave({ host: 'elsewhere', pid: process.pid, started: '1' });
  lockDirectory(directory)();
});

const stores: StorePlan[] = [
  { name: 'kept', builder: Stores.keyValueStore('kept', text), changelog: 'app-kept-changelog' },
  {
    name: 'light',
    builder: Stores.keyValueStore('light', { ...text, inMemory: true }),
    changelog: 'app-light-changelog',
  },
];

function directoryOptions(stateDir: string, told: string[] = []): StateDirectoryOptions {
  return {
    stateDir,
    applicationId: 'app',
    cleanupDelayMs: 600_000,
    onRemoved: (task) => told.push(`removed ${task}`),
    onWiped: (task) => told.push(`wiped ${task}`),
  };
}

const key = Buffer.from('k');
const entry = { value: Buffer.from('v'), timestamp: -1 };

/** Opens task 0_1 and gives its two stores. */
function openTask(directory: StateDirectory) {
  const state = directory.openTask('0_1', 1, stores, { durable: true });
  const [kept, light] = stores.map(({ builder }) => {
    if (builder.kind !== 'key-value') throw new Error('Only key-value stores are used here.');
    return state.factory.keyValue(builder, '0_1');
  });
  if (kept === undefined || light === undefined) throw new Error('Two stores are used here.');
  return { state, kept, light };
}

test('a clean close keeps stores on disk with their position; stores in memory start over', async () => {
  const stateDir = freshDirectory();
  const first = new StateDirectory(directoryOptions(stateDir));
  const before = openTask(first);
  before.kept.put(key, entry);
  before.light.put(key, entry);
  before.state.positions.set('app-kept-changelog', 5);
  before.state.positions.set('app-light-changelog', 6);
  expect(first.storedTasks()).toEqual({});
  await before.state.close(true);
  expect(first.storedTasks()).toEqual({ '0_1': 5 });
  first.close();
  const second = new StateDirectory(directoryOptions(stateDir));
  const after = openTask(second);
  expect(after.state.positions).toEqual(new Map([['app-kept-changelog', 5]]));
  expect(after.kept.get(key)).toEqual(entry);
  expect(after.light.get(key)).toBeUndefined();
  await after.state.close(false);
  second.close();
});

test('a directory that cannot be made is named', () => {
  const file = join(freshDirectory(), 'file');
  writeFileSync(file, '');
  expect(() => new StateDirectory(directoryOptions(file))).toThrow(
    `The state directory "${join(file, 'app')}" cannot be used (ENOTDIR`,
  );
});

test.each([
  ['cut to nothing', Buffer.alloc(0)],
  ['cut', Buffer.alloc(100)],
  ['overwritten', Buffer.alloc(20_000, 7)],
])('a data file that was %s is removed, whatever the checkpoint says', async (_how, bytes) => {
  const told: string[] = [];
  const stateDir = freshDirectory();
  const first = new StateDirectory(directoryOptions(stateDir));
  const before = openTask(first);
  before.kept.put(key, entry);
  before.state.positions.set('app-kept-changelog', 5);
  await before.state.close(true);
  first.close();
  writeFileSync(join(stateDir, 'app', '0_1', 'data.mdb'), bytes);
  const second = new StateDirectory(directoryOptions(stateDir, told));
  const after = openTask(second);
  expect(told).toEqual(['wiped 0_1']);
  expect(after.state.positions).toEqual(new Map());
  expect(after.kept.get(key)).toBeUndefined();
  await after.state.close(false);
  second.close();
});

test('without a checkpoint nothing is kept: a crash exactly once, or a store that has no position', async () => {
  const told: string[] = [];
  const directory = new StateDirectory(directoryOptions(freshDirectory(), told));
  const first = openTask(directory);
  first.kept.put(key, entry);
  first.state.positions.set('app-kept-changelog', 5);
  await first.state.close(true);
  const second = openTask(directory);
  second.state.forgetCheckpoint();
  expect(second.kept.get(key)).toEqual(entry);
  await second.state.close(false);
  const third = openTask(directory);
  expect(told).toEqual(['wiped 0_1']);
  expect(third.kept.get(key)).toBeUndefined();
  third.kept.put(key, entry);
  await third.state.close(true);
  const fourth = openTask(directory);
  expect(fourth.kept.get(key)).toBeUndefined();
  await fourth.state.close(false);
  directory.close();
});

test('a store can be handed over without being read again', async () => {
  const directory = new StateDirectory(directoryOptions(freshDirectory()));
  const { state, kept } = openTask(directory);
  kept.put(key, entry);
  state.handOver();
  const again = stores.map(({ builder }) =>
    builder.kind === 'key-value' ? state.factory.keyValue(builder, '0_1') : null,
  );
  expect(again[0]).toBe(kept);
  await state.close(false);
  directory.close();
});

test('directories of tasks that went elsewhere are removed after the delay, open ones never', async () => {
  const stateDir = freshDirectory();
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const told: string[] = [];
  const directory = new StateDirectory(directoryOptions(stateDir, told));
  const { state } = openTask(directory);
  const old = new Date(Date.now() - 700_000);
  for (const task of ['0_0', '0_2']) mkdirSync(join(stateDir, 'app', task));
  utimesSync(join(stateDir, 'app', '0_0'), old, old);
  utimesSync(join(stateDir, 'app', '0_1'), old, old);
  vi.advanceTimersByTime(600_000);
  expect(told).toEqual(['removed 0_0']);
  expect(existsSync(join(stateDir, 'app', '0_2'))).toBe(true);
  await state.close(false);
  directory.close();
});
