import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { formatCounts } from './outcome.ts';
import { runStep } from './run-step.ts';
import type { Step } from './steps.ts';

const repository = path.resolve(import.meta.dirname, '../..');
const vitest = path.join(repository, 'node_modules/vitest/vitest.mjs');
const playwright = path.join(repository, 'node_modules/@playwright/test/cli.js');
let root = '';

beforeEach(() => {
  // Inside the repository, so that the tests in there find the test runners.
  mkdirSync(path.join(repository, '.local'), { recursive: true });
  root = mkdtempSync(path.join(repository, '.local/step-'));
  write('vitest.config.mjs', 'export default {};');
  write('playwright.config.mjs', "export default { testMatch: '*.pw.mjs', outputDir: 'output' };");
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

test('tests are counted, and those that failed or were skipped are named', async () => {
  write(
    'some.test.mjs',
    `import { describe, expect, test } from 'vitest';
    test('passes', () => {});
    describe('a group', () => { test('fails', () => expect(1).toBe(2)); });
    test.skip('is skipped', () => {});`,
  );
  write('broken.test.mjs', "import './missing.mjs';");
  const outcome = await run(vitestStep());
  expect(outcome).toEqual({
    passed: 1,
    failed: expect.arrayContaining(['some.test.mjs > a group fails', 'broken.test.mjs']),
    skipped: ['some.test.mjs > is skipped'],
  });
  expect(formatCounts(outcome)).toBe('1 passed, 2 failed, 1 skipped');
});

test('an error outside every test is a failure', async () => {
  write(
    'stray.test.mjs',
    `import { test } from 'vitest';
    test('passes', async () => { Promise.reject(new Error('nobody waits for me')); await 0; });`,
  );
  const outcome = await run(vitestStep());
  expect(outcome.passed).toBe(1);
  expect(outcome.failed).toEqual(['Tests: exit code 1 though no test failed, see above']);
});

test('a run without tests is a failure, and so is one whose tests are all skipped', async () => {
  expect((await run(vitestStep())).failed).toHaveLength(1);
  write('skipped.test.mjs', "import { test } from 'vitest'; test.skip('later', () => {});");
  expect((await run(vitestStep())).failed).toEqual(['Tests: ran no test']);
});

test('browser tests are counted the same way', async () => {
  write(
    'some.pw.mjs',
    `import { expect, test } from '@playwright/test';
    test('passes', () => {});
    test.describe('a group', () => { test('fails', () => { expect(1).toBe(2); }); });
    test.skip('is skipped', () => {});`,
  );
  const args = [playwright, 'test', '--config', 'playwright.config.mjs', '--reporter=json'];
  expect(await run({ ...vitestStep(), args, report: 'playwright' })).toEqual({
    passed: 1,
    failed: ['some.pw.mjs > a group > fails'],
    skipped: ['some.pw.mjs > is skipped'],
  });
});

test('a check counts as one test', async () => {
  expect(formatCounts(await run(checkStep('')))).toBe('1 passed, 0 failed');
  expect((await run(checkStep('process.exit(3)'))).failed).toEqual(['Check']);
});

test('a step that takes too long is ended with what it started', async () => {
  const program = `
    const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    require('node:fs').writeFileSync('child', String(child.pid));
    setInterval(() => {}, 1000);`;
  const outcome = await run({ ...checkStep(program), timeLimitMs: 3_000 });
  expect(outcome.failed).toContain('Check: ended because it took longer than 0.05 min');
  const child = Number(readFileSync(path.join(root, 'child'), 'utf8'));
  // A process that is killed ends when the machine next comes to it.
  await vi.waitFor(() => expect(readProcessState(child)).not.toMatch(/[RS]/), { timeout: 30_000 });
});

function run(step: Step) {
  return runStep(step, root, 'dropped');
}

function vitestStep(): Step {
  const args = [vitest, 'run', '--config', 'vitest.config.mjs', '--reporter=json'];
  return { name: 'tests', heading: 'Tests', args, timeLimitMs: 60_000, report: 'vitest' };
}

function checkStep(program: string): Step {
  return { name: 'check', heading: 'Check', args: ['-e', program], timeLimitMs: 60_000 };
}

/** The state letter of a process on Linux, empty when it is gone. */
function readProcessState(pid: number): string {
  try {
    process.kill(pid, 0);
    return /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1] ?? '';
  } catch {
    return '';
  }
}

function write(file: string, text: string): void {
  writeFileSync(path.join(root, file), text);
}
