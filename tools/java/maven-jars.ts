import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { JavaProblem } from './java-problem.ts';
import { madeOnce } from './made-once.ts';

const run = promisify(execFile);
const TIME_LIMIT_MS = 300_000;

/** The jars that a POM asks for, copied once into a folder below `kept` that is named after them. */
export async function prepareMavenJars(pomFile: string, kept: string): Promise<string> {
  const name = `jars-${digest(await readFile(pomFile, 'utf8'))}`;
  return madeOnce(path.join(kept, name), (folder) => copyJars(pomFile, folder));
}

/** A short name of these texts, which changes with them. */
export function digest(...texts: readonly string[]): string {
  return createHash('sha256').update(texts.join('\0')).digest('hex').slice(0, 8);
}

async function copyJars(pomFile: string, folder: string): Promise<void> {
  const goal = ['-q', '-B', '-f', pomFile, 'dependency:copy-dependencies', `-DoutputDirectory=${folder}`];
  await run('mvn', goal, { timeout: TIME_LIMIT_MS }).catch(throwMavenProblem);
}

function throwMavenProblem(error: NodeJS.ErrnoException & { stdout?: string }): never {
  if (error.code === 'ENOENT') {
    const advice = 'install it (Debian: apt-get install maven)';
    throw new JavaProblem(`Maven was not found, and it fetches Kafka from Maven Central: ${advice}.`);
  }
  const line = (error.stdout ?? '').split('\n').find((text) => text.includes('ERROR'));
  const reason = line?.replace(/^.*ERROR\S*\s*/, '').trim() || 'it ended without a message';
  throw new JavaProblem(`Maven could not fetch Kafka from Maven Central: ${reason}`);
}
