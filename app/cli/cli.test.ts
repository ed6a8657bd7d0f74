import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CliBench, createCliBench, ordersDesign, runPiped } from './cli-bench.ts';

let bench: CliBench;
beforeAll(async () => {
  bench = await createCliBench();
});
afterAll(() => bench.remove());

const inFolder = (name: string) => path.join(bench.folder, name);

/** The Orders design with a topic that two services of its own may not share. */
async function writeBroken(name: string): Promise<void> {
  const design = JSON.parse(await readFile(ordersDesign, 'utf8'));
  design.topics[0].retentionMs = 1_000;
  design.topics[0].sourceOfTruth = true;
  await writeFile(inFolder(name), JSON.stringify(design));
}

describe('millstream check', { timeout: 30_000 }, () => {
  it('finds nothing to mend in the Orders design', async () => {
    const { code, stdout, stderr } = await bench.run('check', ordersDesign);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/orders\.millstream\.json: .*topics, \d+ services\)/);
  });

  it('gives findings as lines and as JSON, with exit code 1', async () => {
    await writeBroken('broken.millstream.json');
    const asText = await bench.run('check', 'broken.millstream.json');
    expect([asText.code, asText.stderr]).toEqual([1, '']);
    const asJson = await bench.run('check', 'broken.millstream.json', '--json');
    expect(asJson.code).toBe(1);
    const { findings, problems } = JSON.parse(asJson.stdout);
    expect(problems).toEqual([]);
    expect(findings.length).toBeGreaterThan(0);
    expect(asText.stdout).toContain(findings[0].message);
  });

  it.each([
    ['not JSON', '{ "format": ', /^a\.millstream\.json: Line 1, column \d+: .+\n$/],
    ['no design', '{}', /^a\.millstream\.json: format: .+\n$/],
    [
      'too new',
      '{"format":"millstream-design","version":99}',
      /^a\.millstream\.json: .*version 99.*Update.*\n$/,
    ],
  ])('says in one line what is wrong with a file that is %s', async (_name, text, words) => {
    await writeFile(inFolder('a.millstream.json'), text);
    const { code, stdout, stderr } = await bench.run('check', 'a.millstream.json');
    expect(stderr).toMatch(words);
    expect([code, stdout]).toEqual([2, '']);
    const asJson = await bench.run('check', 'a.millstream.json', '--json');
    expect(JSON.parse(asJson.stdout).problems).toHaveLength(1);
    expect([asJson.code, asJson.stderr]).toEqual([2, stderr]);
  });
});

describe('millstream generate', { timeout: 60_000 }, () => {
  it('writes a project, says so, and finds nothing to do the second time', async () => {
    const args = ['generate', ordersDesign, '--target', 'typescript', '--out', 'out'];
    const planned = await bench.run(...args, '--dry-run');
    expect([planned.code, planned.stderr]).toEqual([1, '']);
    await expect(readFile(inFolder('out/package.json'))).rejects.toThrow();
    const written = await bench.run(...args);
    expect([written.code, written.stderr]).toEqual([0, '']);
    expect(written.stdout).toMatch(/\d+ created \(written\)\.\n$/);
    await readFile(inFolder('out/package.json'));
    const again = await bench.run(...args, '--dry-run');
    expect([again.code, again.stderr]).toEqual([0, '']);
    expect(again.stdout).toMatch(/: \d+ unchanged \(would be written\)\.\n$/);
  });

  it('refuses a folder that is somebody else’s', async () => {
    await writeFile(inFolder('notes.txt'), 'mine');
    const { code, stderr } = await bench.run(
      'generate',
      ordersDesign,
      '--target',
      'typescript',
      '--out',
      '.',
    );
    expect(code).toBe(2);
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect(stderr).not.toContain('Millstream failed');
  });
});

describe('what cannot be done', { timeout: 60_000 }, () => {
  const cases: readonly [string, string[], RegExp][] = [
    ['no command', [], /^Say what to do; --help lists the commands\.$/],
    ['an unknown command', ['frobnicate'], /^Unknown command 'frobnicate'\.$/],
    ['a misspelt one', ['chek'], /^Unknown command 'chek'.*check/],
    ['no design', ['check'], /^Missing required argument 'DESIGN'\.$/],
    ['a design that is not there', ['check', 'none.json'], /^There is no design none\.json in \/.+\.$/],
    ['a folder', ['check', '.'], /^\. is a folder, not a design\.$/],
    ['no target', ['generate', 'x', '--out', 'o'], /^Required option '--target.*not specified\.$/],
    ['an unknown target', ['generate', 'x', '--target', 'cobol', '--out', 'o'], /cobol.*typescript/],
    ['no cluster', ['inspect', 'topics'], /^Required option '--bootstrap.*not specified\.$/],
    ['a bad start', ['inspect', 'tail', 't', '--bootstrap', 'h:1', '--from', 'x'], /^--from takes .*"x"\.$/],
    [
      'a bad number',
      ['inspect', 'store', 't', '--bootstrap', 'h:1', '--limit', '0'],
      /^--limit takes .*"0"\.$/,
    ],
    ['a bad address', ['inspect', 'topics', '--bootstrap', 'nonsense'], /nonsense/],
    ['plan', ['plan', 'd', '--bootstrap', 'h:1', '--apply'], /does not have "plan" yet\.$/],
    ['import', ['import', '--asyncapi', 'f', '--out', 'd'], /does not have "import" yet\.$/],
    ['simulate', ['simulate', 'd', '--scenario', 'f'], /does not have "simulate" yet\.$/],
    ['search', ['inspect', 'search', 't', '--bootstrap', 'h:1'], /does not have "inspect search" yet\.$/],
    [
      'serve without a design',
      ['serve', 'none.millstream.json'],
      /^There is no design none\.millstream\.json in \/.+\.$/,
    ],
  ];

  it.each(cases)('is said in one line, with exit code 2: %s', async (_name, args, words) => {
    const { code, stdout, stderr } = await bench.run(...args);
    expect(stderr.trimEnd()).toMatch(words);
    expect(stderr.trimEnd()).not.toContain('\n');
    expect([code, stdout]).toEqual([2, '']);
  });

  it('tells a cluster that cannot be reached by exit code 3', async () => {
    const { code, stdout, stderr } = await bench.run('inspect', 'topics', '--bootstrap', '127.0.0.1:1');
    expect(stderr).toMatch(/^No Kafka broker answers at 127\.0\.0\.1:1[^\n]*\n$/);
    expect([code, stdout]).toEqual([3, '']);
  });

  it('tells one that is there and does not speak Kafka in the same way', async () => {
    const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = address && typeof address === 'object' ? address.port : 0;
    const { code, stderr } = await bench.run('inspect', 'topics', '--bootstrap', `127.0.0.1:${port}`);
    server.close();
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect(code).toBe(3);
  });
});

describe('by npm', { timeout: 60_000 }, () => {
  it('finds a design from where npm was called, and says so when it does not', () => {
    const examples = path.dirname(ordersDesign);
    const npm = (...args: string[]) => {
      const words = ['run', '--silent', 'millstream', '--', ...args];
      return spawnSync('npm', words, { cwd: examples, encoding: 'utf8' });
    };
    const found = npm('check', path.basename(ordersDesign));
    expect([found.status, found.stderr]).toEqual([0, '']);
    const missing = npm('check', 'none.json');
    expect([missing.status, missing.stderr]).toEqual([2, `There is no design none.json in ${examples}.\n`]);
  });
});

describe('among other programs', { timeout: 30_000 }, () => {
  it('ends quietly when its reader has seen enough', async () => {
    const { code, stderr } = await runPiped(bench, ['check', ordersDesign, '--json'], 'true');
    expect([code, stderr]).toEqual([0, '']);
  });

  it('answers --help and --version on standard output', async () => {
    const help = await bench.run('--help');
    expect([help.code, help.stderr]).toEqual([0, '']);
    for (const name of ['check', 'generate', 'plan', 'import', 'simulate', 'inspect', 'serve']) {
      expect(help.stdout).toContain(`\n  ${name}`);
    }
    expect((await bench.run('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
