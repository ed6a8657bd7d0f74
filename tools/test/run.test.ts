import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';

test.each([
  [['--only', 'unit,everything'], 'There is no step "everything": use --only with one or more of types,'],
  [['--fast'], 'These arguments are not understood: --fast: use --only'],
])('%j is answered with one sentence and exit code 2', (args, sentence) => {
  const { status, stderr, stdout } = run(args);
  expect(status).toBe(2);
  expect(stdout).toBe('');
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stderr).toContain(sentence);
});

test('the counts are the last line', () => {
  const { stdout, status } = run(['--only', 'architecture']);
  const last = stdout.trimEnd().split('\n').at(-1);
  expect(last).toBe(status === 0 ? '1 passed, 0 failed' : '0 passed, 1 failed');
});

function run(args: string[]) {
  return spawnSync(process.execPath, [path.join(import.meta.dirname, 'run.ts'), ...args], {
    encoding: 'utf8',
  });
}
