import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeDesign } from '#shared/design/write-design.ts';
import { goldenDesigns } from '#tools/codegen/golden-designs.ts';
import { type LocalCluster, startLocalCluster } from '#tools/kafka/local-cluster.ts';
import { exportProject, findFreeRow, stop } from './kafka/exported-project.ts';

const visitors = Array.from({ length: 12 }, (_, index) => `v${index}`);
let folder: string;
let kafka: LocalCluster;
let npm: ChildProcess | undefined;
let said = '';
let urls: readonly string[];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'millstream-gateway-'));
  const cluster = startLocalCluster().then((started) => {
    kafka = started;
  });
  await Promise.all([cluster, exportGateway()]);
  await start();
}, 240_000);

afterAll(async () => {
  if (npm?.pid !== undefined) await stop(npm, npm.pid);
  await kafka?.stop();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

async function exportGateway(): Promise<void> {
  const { gateway } = await goldenDesigns();
  if (gateway === undefined) throw new Error('There is no golden design of a gateway.');
  const design = path.join(folder, 'gateway.millstream.json');
  await writeFile(design, writeDesign(gateway));
  await exportProject(design, path.join(folder, 'export'));
}

/** `npm start`, until it has printed where both instances are. */
async function start(): Promise<void> {
  const firstPort = await findFreeRow(2);
  urls = [firstPort, firstPort + 1].map((port) => `http://127.0.0.1:${port}`);
  const child = spawn('npm', ['start'], {
    cwd: path.join(folder, 'export'),
    env: { ...process.env, KAFKA_BOOTSTRAP: kafka.bootstrapServers.join(','), FIRST_PORT: String(firstPort) },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  npm = child;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  const late = Date.now() + 90_000;
  while (!/^ {2}door-2 /m.test(said)) {
    if (child.exitCode !== null || Date.now() > late) throw new Error(`npm start did not start: ${said}`);
    await pause(50);
  }
}

/** From every instance about every visitor: what is answered, as `status name`. */
async function ask(rest: string, of: readonly string[] = urls): Promise<readonly string[]> {
  const asked = of.flatMap((url) => visitors.map((id) => fetch(`${url}/visitors/${id}${rest}`)));
  return Promise.all(
    asked.map(async (answer) => {
      const { status } = await answer;
      const body = (await (await answer).json()) as { readonly name?: string };
      return `${status} ${body.name}`;
    }),
  );
}

async function name(names: (id: string) => string): Promise<void> {
  for (const [index, id] of visitors.entries()) {
    const answer = await fetch(`${urls[index % 2]}/visitors/${id}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: names(id) }),
    });
    expect(answer.status).toBe(201);
  }
}

it('starts the two instances that are drawn, each with its share', async () => {
  const shares = () =>
    Promise.all(
      urls.map(async (url) => {
        const { tasks } = (await (await fetch(`${url}/health`)).json()) as { readonly tasks: string[] };
        return tasks.length;
      }),
    );
  await expect.poll(shares, { timeout: 20_000 }).toEqual([1, 1]);
});

it('answers on either instance about the rows of both, and waits for them', async () => {
  await name(() => '?');
  const known = visitors.map(() => '200 ?');
  await expect.poll(() => ask(''), { timeout: 20_000 }).toEqual([...known, ...known]);
  const awaited = ask('/name');
  await name((id) => `Dr ${id}`);
  const named = visitors.map((id) => `200 Dr ${id}`);
  expect(await awaited).toEqual([...named, ...named]);
  expect(await ask('')).toEqual([...named, ...named]);
  expect((await fetch(`${urls[0]}/visitors/nobody`)).status).toBe(404);
});

it('says 503 while an instance is down, and all again once it was started again', async () => {
  const pid = Number(/^ {2}door-2 .* pid (\d+)/m.exec(said)?.[1]);
  process.kill(pid, 'SIGKILL');
  const seen = new Set<string>();
  const late = Date.now() + 30_000;
  const [first = ''] = urls;
  for (let down = false, back = false; !back; await pause(50)) {
    const answers = await ask('', [first]);
    for (const answer of answers) seen.add(answer);
    const isWhole = answers.every((answer) => answer.startsWith('200 '));
    back = down && isWhole;
    down ||= !isWhole;
    if (Date.now() > late) throw new Error(`Not all was there again: ${answers.join(', ')}\n${said}`);
  }
  expect([...seen].sort()).toEqual([...visitors.map((id) => `200 Dr ${id}`), '503 undefined'].sort());
  expect(said).toContain('door-2 ended (SIGKILL); starting it again.');
});
