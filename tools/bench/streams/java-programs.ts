import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const SOURCES = ['BenchInput.java', 'StreamsBench.java'];
const TIME_LIMIT_MS = 300_000;

/** Fetches Kafka Streams with Maven, compiles the programs beside it, once; answers their class path. */
export async function prepareJavaPrograms(root: string): Promise<string> {
  const sources = path.join(import.meta.dirname, 'java');
  const hash = createHash('sha256');
  for (const name of ['pom.xml', ...SOURCES]) hash.update(await readFile(path.join(sources, name)));
  const folder = path.join(root, '.local/bench', `java-${hash.digest('hex').slice(0, 8)}`);
  if (!existsSync(folder)) await build(sources, folder);
  return classPath(folder);
}

function classPath(folder: string): string {
  return [path.join(folder, 'classes'), path.join(folder, 'jars', '*')].join(path.delimiter);
}

async function build(sources: string, folder: string): Promise<void> {
  const incoming = `${folder}.${randomUUID()}`;
  await mkdir(path.join(incoming, 'classes'), { recursive: true });
  try {
    const pom = path.join(sources, 'pom.xml');
    const goal = ['-q', '-B', '-f', pom, 'dependency:copy-dependencies'];
    await run('mvn', [...goal, `-DoutputDirectory=${path.join(incoming, 'jars')}`], {
      timeout: TIME_LIMIT_MS,
    });
    const files = SOURCES.map((name) => path.join(sources, name));
    const options = ['-cp', classPath(incoming), '-d', path.join(incoming, 'classes')];
    await run('javac', [...options, ...files], { timeout: TIME_LIMIT_MS });
    await rename(incoming, folder).catch((error: NodeJS.ErrnoException) => {
      if (!existsSync(folder)) throw error;
    });
  } catch (cause) {
    throw new Error('The Java programs of the bench could not be built: look at "mvn" and "javac".', {
      cause,
    });
  } finally {
    await rm(incoming, { recursive: true, force: true });
  }
}
