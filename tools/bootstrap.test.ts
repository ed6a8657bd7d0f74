import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

// A clone with commands of its own: the real script, with npm and apt-get replaced by ones that write down
// what they were asked.
let clone = '';

beforeEach(() => {
  clone = realpathSync(mkdtempSync(path.join(tmpdir(), 'millstream-bootstrap-')));
  for (const folder of ['tools', 'bin']) mkdirSync(path.join(clone, folder));
  cpSync(path.join(import.meta.dirname, 'bootstrap.mjs'), path.join(clone, 'tools/bootstrap.mjs'));
  writeLock('1.0.0');
  addCommand('npm', `echo "npm $*" >> "${clone}/asked"; mkdir -p node_modules`);
});

afterEach(() => {
  rmSync(clone, { recursive: true, force: true });
});

test('packages are installed once, and again when the lock changes', () => {
  expect(bootstrap()).toEqual({ code: 0, said: 'installing npm packages…' });
  expect(bootstrap()).toEqual({ code: 0, said: '' });
  expect(asked()).toEqual(['npm install --no-save --no-audit --no-fund --loglevel=error']);
  writeLock('1.0.1');
  expect(bootstrap().said).toBe('installing npm packages…');
  expect(asked()).toHaveLength(2);
});

test('packages that npm install put there are taken as they are', () => {
  mkdirSync(path.join(clone, 'node_modules'));
  cpSync(path.join(clone, 'package-lock.json'), path.join(clone, 'node_modules/.package-lock.json'));
  expect(bootstrap()).toEqual({ code: 0, said: '' });
  expect(asked()).toEqual([]);
});

test('a failed installation is one sentence with the reason, and is tried again', () => {
  addCommand('npm', 'echo "npm error code E404" >&2; echo "npm error 404 Not Found - left-pad" >&2; exit 1');
  const sentence = 'This step failed: installing npm packages: 404 Not Found - left-pad';
  expect(bootstrap()).toEqual({ code: 1, said: `installing npm packages…\n${sentence}` });
  expect(bootstrap().code).toBe(1);
});

test('a program takes its place: arguments, exit code and signals are its own', () => {
  writeFileSync(
    path.join(clone, 'tools/program.mjs'),
    `console.error(process.argv.slice(2).join(' '));
     if (process.argv[2] === 'wait') {
       process.on('SIGTERM', () => process.exit(7));
       process.kill(process.ppid, 'SIGTERM');
       setTimeout(() => process.exit(8), 20_000);
     } else process.exit(5);`,
  );
  bootstrap();
  expect(bootstrap('--run', 'tools/program.mjs', 'one', '--two')).toEqual({ code: 5, said: 'one --two' });
  expect(bootstrap('--run', 'tools/program.mjs', 'wait')).toEqual({ code: 7, said: 'wait' });
});

test('the program stands where npm was called, so that paths mean what the user meant', () => {
  writeFileSync(path.join(clone, 'tools/program.mjs'), 'console.log(process.cwd());');
  const below = path.join(clone, 'bin');
  const runIn = (cwd: string, env: NodeJS.ProcessEnv) => {
    const args = [path.join(clone, 'tools/bootstrap.mjs'), '--run', 'tools/program.mjs'];
    const whole = { PATH: path.join(clone, 'bin'), ...env };
    return spawnSync(process.execPath, args, { cwd, env: whole, encoding: 'utf8' }).stdout.trim();
  };
  bootstrap();
  expect(runIn(clone, { INIT_CWD: below })).toBe(below);
  expect(runIn(clone, {})).toBe(clone);
  // Left over from an npm further up: whoever starts the program elsewhere means that folder.
  expect(runIn(below, { INIT_CWD: clone })).toBe(below);
});

test('the program ends when the shell that began it is killed', () => {
  const ended = path.join(clone, 'ended');
  writeFileSync(
    path.join(clone, 'tools/program.mjs'),
    `import { writeFileSync } from 'node:fs';
     process.on('SIGTERM', () => { writeFileSync(${JSON.stringify(ended)}, 'yes'); process.exit(0); });
     setTimeout(() => process.exit(8), 20_000);
     console.log('started');`,
  );
  bootstrap();
  // The shell kills itself once the program runs; the pipe closes only when the program has ended too.
  const script = 'node tools/bootstrap.mjs --run tools/program.mjs | { read line; kill -KILL $$; cat; }';
  spawnSync('sh', ['-c', script], { cwd: clone, timeout: 15_000 });
  expect(existsSync(ended)).toBe(true);
});

test('without apt-get, what is missing is named in one line', () => {
  bootstrap();
  const said = 'Missing: Chromium, a JDK, version 17 or newer, Maven; install it and run this again.';
  expect(bootstrap('--browser', '--java')).toEqual({ code: 2, said });
});

test('with apt-get, root installs and anybody else is told the command', () => {
  addCommand('apt-get', `echo "apt-get $*" >> "${clone}/asked"`);
  addCommand('mvn', 'exit 0');
  bootstrap();
  const result = bootstrap('--java', '--kcat');
  if (process.getuid?.() === 0) {
    const [, update, install] = asked();
    expect(update).toMatch(/^apt-get update /);
    expect(install).toMatch(/^apt-get install .* openjdk-17-jdk-headless kcat$/);
    expect(result.said.split('\n')).toHaveLength(2);
  } else {
    expect(result.code).toBe(2);
    expect(result.said).toContain('apt-get install --no-install-recommends openjdk-17-jdk-headless kcat');
  }
});

test('a flag that does not exist is refused', () => {
  const said = 'There is no flag --jav: use --browser, --java, --kcat, --run.';
  expect(bootstrap('--jav')).toEqual({ code: 2, said });
});

function bootstrap(...flags: string[]) {
  const script = path.join(clone, 'tools/bootstrap.mjs');
  const env = { PATH: path.join(clone, 'bin') };
  const { status, stderr, stdout } = spawnSync(process.execPath, [script, ...flags], {
    env,
    encoding: 'utf8',
  });
  return { code: status, said: `${stdout}${stderr}`.trim() };
}

function asked(): string[] {
  const file = path.join(clone, 'asked');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
}

function addCommand(name: string, body: string): void {
  const file = path.join(clone, 'bin', name);
  writeFileSync(file, `#!/bin/sh\nPATH=/usr/bin:/bin\n${body}\n`);
  chmodSync(file, 0o755);
}

function writeLock(version: string): void {
  const packages = {
    '': { name: 'clone' },
    'node_modules/dependency': { version, integrity: `sha512-${version}` },
  };
  writeFileSync(path.join(clone, 'package-lock.json'), JSON.stringify({ packages }));
}
