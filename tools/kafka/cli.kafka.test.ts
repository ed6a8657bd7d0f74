import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findFreePorts, isPortFree } from './free-port.ts';

const cli = path.join(import.meta.dirname, 'cli.ts');
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'millstream-kafka-'));
});

afterAll(() => {
  kafka('down');
  rmSync(folder, { recursive: true, force: true });
});

test('up, up again, status and down, each from a process of its own', async () => {
  const [port = 0] = await findFreePorts(1);
  expect(kafka('status')).toMatchObject({ code: 1, output: 'Kafka is not running.' });

  const up = kafka('up', '--port', String(port));
  expect(up).toMatchObject({ code: 0 });
  expect(lastLine(up.output)).toBe(`127.0.0.1:${port}`);
  expect(await isPortFree(port)).toBe(false);

  const again = kafka('up', '--port', String(port + 1));
  expect(again.output).toMatch(/^Kafka 4\.3\.1 is already running\.\n/);
  expect(lastLine(again.output)).toBe(`127.0.0.1:${port}`);
  expect(kafka('status').code).toBe(0);

  expect(kafka('down')).toMatchObject({ code: 0, output: 'Kafka is ended and its data removed.' });
  expect(await isPortFree(port)).toBe(true);
  expect(existsSync(path.join(folder, 'state.json'))).toBe(false);
  expect(kafka('down')).toMatchObject({ code: 0, output: 'Kafka was not running.' });
});

test('down leaves a process alone that only has the number of a broker', () => {
  const brokers = [{ id: 1, port: 9092, pid: process.pid }];
  const record = { clusterId: 'gone', ownerPid: null, folder: path.join(folder, 'run/gone'), brokers };
  writeFileSync(path.join(folder, 'state.json'), JSON.stringify(record));
  expect(kafka('down')).toMatchObject({ code: 0, output: 'Kafka was not running.' });
});

function kafka(...args: string[]) {
  const env = { ...process.env, MILLSTREAM_KAFKA_FOLDER: folder };
  const { status, stdout } = spawnSync(process.execPath, [cli, ...args], { env, encoding: 'utf8' });
  return { code: status, output: stdout.trim() };
}

function lastLine(text: string): string | undefined {
  return text.split('\n').at(-1);
}
