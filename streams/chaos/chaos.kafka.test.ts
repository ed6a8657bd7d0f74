import { expect, test } from 'vitest';
import { runChaos } from './chaos-run.ts';
import type { ChaosOptions } from './options.ts';

const options: ChaosOptions = {
  faults: 8,
  seed: 3,
  minutes: 4,
  brokers: 3,
  instances: 2,
  guarantee: 'exactly_once_v2',
  rate: 100,
  keep: false,
};

/** The length of a run depends on how fast brokers start, so the limit is far above the usual minute. */
test('nothing is lost or doubled over eight faults of instances and brokers', {
  timeout: 480_000,
}, async () => {
  const lines: string[] = [];
  const result = await runChaos(options, new AbortController().signal, (line) => lines.push(line));
  expect(result, lines.join('\n')).toEqual({ faults: 8, lost: 0, doubled: 0, problems: [] });
});
