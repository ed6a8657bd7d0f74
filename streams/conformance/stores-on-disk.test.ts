import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DiskEnvironment } from '../src/disk/disk-environment.ts';
import { createDiskKeyValueStore } from '../src/disk/disk-key-value-store.ts';
import { createDiskWindowStore } from '../src/disk/disk-window-store.ts';
import { memoryStores } from '../src/internals/store-factory.ts';
import { type FiledCase, readAllCases } from './case-files.ts';
import { compareAnswers } from './compare.ts';
import { readMeantDifferences, withoutMeant } from './meant-differences.ts';
import { readRecordedAnswers, recordedAnswer } from './recorded-answers.ts';
import { runCase } from './run-case.ts';

let folder: string;
let environment: DiskEnvironment;
let opened = 0;

/** What was put is flushed to the disk now and then, so that reads find both. */
function flushing<S extends { put(...change: never[]): unknown }>(store: S): S {
  const put = store.put.bind(store);
  let puts = 0;
  store.put = (...change) => {
    const result = put(...change);
    puts += 1;
    if (puts % 3 === 0) environment.flush();
    return result;
  };
  return store;
}

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'millstream-conformance-'));
  environment = new DiskEnvironment(folder, false);
  // A case that fails is run again as far as it went: each run has tables of its own.
  const name = (store: string): string => `${store}~${opened++}`;
  vi.spyOn(memoryStores, 'keyValue').mockImplementation((builder) =>
    flushing(createDiskKeyValueStore(environment, name(builder.name))),
  );
  vi.spyOn(memoryStores, 'window').mockImplementation((builder) =>
    flushing(
      createDiskWindowStore(environment, name(builder.name), builder.readableMs ?? builder.retentionMs),
    ),
  );
});

afterEach(async () => {
  vi.restoreAllMocks();
  await environment.close();
  rmSync(folder, { recursive: true });
});

const recorded = readRecordedAnswers();

test.each(readAllCases().map((filed): [string, FiledCase] => [filed.found.name, filed]))(
  'on disk: %s',
  (_name, filed) => {
    const expected = recordedAnswer(recorded, filed);
    if (typeof expected === 'string') throw new Error(expected);
    const differences = compareAnswers(filed.found, expected, runCase(filed.found));
    expect(withoutMeant(readMeantDifferences(), differences).left).toEqual([]);
  },
);

test('the stores were on disk', () => {
  expect(opened).toBeGreaterThan(recorded.size);
});
