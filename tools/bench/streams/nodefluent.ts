import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const PACKAGES = ['kafka-streams@5.0.0', 'node-rdkafka@3.6.1'];

export interface Nodefluent {
  readonly folder: string;
  /** The Node its native client was compiled for. */
  readonly node: string;
}

/**
 * Installs nodefluent's library beside the project, once. Its JavaScript client asks for versions of the
 * protocol that Kafka 4 no longer has, so it gets its native client, which is compiled on the spot. Answers
 * in words when that does not work here.
 */
export function findNodefluent(root: string): Nodefluent | string {
  const folder = path.join(root, '.local/bench/nodefluent');
  const client = path.join(folder, 'node_modules/node-rdkafka');
  if (!existsSync(path.join(client, 'build/Release/node-librdkafka.node'))) {
    const problem = install(folder);
    if (problem !== null) return problem;
  }
  // The compiler takes the headers it finds, and they may be those of the system's Node.
  const nodes = [process.execPath, '/usr/bin/node', '/usr/local/bin/node'].filter(existsSync);
  const node = nodes.find((each) => spawnSync(each, ['-e', 'require(process.argv[1])', client]).status === 0);
  return node === undefined
    ? `was compiled for a Node that is none of ${nodes.join(', ')}`
    : { folder, node };
}

function install(folder: string): string | null {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
  const options = ['--no-audit', '--no-fund', '--loglevel=error', '--allow-scripts=node-rdkafka'];
  const { status, stderr } = spawnSync('npm', ['install', ...options, ...PACKAGES], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (status === 0) return null;
  const line = stderr.split('\n').find((text) => /error/i.test(text)) ?? 'npm gave no reason';
  return `was not installed: ${line.trim()}`;
}
