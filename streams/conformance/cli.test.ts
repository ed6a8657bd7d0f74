import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(path.join(os.tmpdir(), 'conformance-'));
afterAll(() => rmSync(folder, { recursive: true }));

function conformance(...args: string[]) {
  const program = path.join(import.meta.dirname, 'cli.ts');
  const command = ['--conditions=millstream-source', program, ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
  return { status, stdout, stderr, lastLine: stdout.trimEnd().split('\n').at(-1) };
}

function fileOf(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

const emptyFolder = path.join(folder, 'empty');
mkdirSync(emptyFolder);

test('recorded answers are compared without a JVM', () => {
  const { status, lastLine } = conformance('--recorded', '--only', 'record-choice/');
  expect(lastLine).toMatch(/^[1-9]\d* equal, 0 different$/);
  expect(status).toBe(0);
});

test('nothing to run is a failure', () => {
  const { status, lastLine } = conformance('--recorded', '--only', 'no such case');
  expect(lastLine).toBe('0 equal, 0 different');
  expect(status).toBe(1);
});

test.each([
  [['--file', path.join(folder, 'nowhere.json')], `There is no case ${folder}/nowhere.json.`],
  [['--file', 'nowhere.json'], `There is no case nowhere.json in ${process.cwd()}.`],
  [['--file', fileOf('bad.json', '{')], 'bad.json: not JSON: '],
  [['--file', fileOf('other.json', '{"name": 5}')], 'other.json: name: '],
  [['--file', emptyFolder], 'There is no case, no .json file, in '],
  [['--file', fileOf('less.json', '{"name": "x"}')], 'less.json: topology: it is missing'],
  [['--file', fileOf('marked.json', '\ufeff{"name": "x"}')], 'marked.json: topology: it is missing'],
  [['--random', 'many'], '--random takes a whole number'],
  [['--recorded', '--record'], '--recorded and --record do not go together.'],
  [['--seed', '5'], '--seed goes with --random.'],
  [['--what'], "Unknown option '--what'"],
])('%j is answered by one sentence', (args, sentence) => {
  const { status, stdout, stderr } = conformance(...args);
  expect(stderr).toContain(sentence);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stdout).toBe('');
  expect(status).toBe(2);
});
