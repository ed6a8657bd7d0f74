import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { JudgeError } from './judge-error.ts';

const run = promisify(execFile);
const POM_FILE = path.join(import.meta.dirname, 'java/pom.xml');
/** Ignored by git and safe to delete when nothing runs. */
const KEPT = path.resolve(import.meta.dirname, '../../.local/java');
const TIME_LIMIT_MS = 300_000;
const INSTALL_JAVA = 'install a JDK, version 17 or newer (Debian: apt-get install openjdk-17-jdk-headless)';

export interface JudgeProgram {
  readonly java: string;
  readonly classPath: string;
}

/** Fetches Kafka Streams by Maven and compiles the Java files of a folder, each once. Throws `JudgeError`. */
export async function prepareJudge(folder: string): Promise<JudgeProgram> {
  const pom = await readFile(POM_FILE, 'utf8');
  const jars = await madeOnce(`jars-${digest(pom)}`, copyJars);
  const sources = await javaSources(folder);
  const texts = await Promise.all(sources.map((file) => readFile(file, 'utf8')));
  const classPath = path.join(jars, '*');
  const classes = await madeOnce(`classes-${digest(pom, ...texts)}`, (classes) =>
    compile(sources, classPath, classes),
  );
  return { java: tool('java'), classPath: [classes, classPath].join(path.delimiter) };
}

function tool(name: string): string {
  const home = process.env.JAVA_HOME;
  return home ? path.join(home, 'bin', name) : name;
}

function digest(...texts: readonly string[]): string {
  return createHash('sha256').update(texts.join('\0')).digest('hex').slice(0, 12);
}

async function javaSources(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return names
    .filter((name) => name.endsWith('.java'))
    .toSorted()
    .map((name) => path.join(folder, name));
}

// Made beside and then renamed: the folder exists only whole, also when two processes make it at once.
async function madeOnce(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = path.join(KEPT, name);
  if (existsSync(folder)) return folder;
  const incoming = `${folder}.${randomUUID()}`;
  await mkdir(incoming, { recursive: true });
  try {
    await make(incoming);
    await rename(incoming, folder).catch((error: NodeJS.ErrnoException) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(incoming, { recursive: true, force: true });
  }
  return folder;
}

async function copyJars(folder: string): Promise<void> {
  const goal = ['-q', '-B', '-f', POM_FILE, 'dependency:copy-dependencies', `-DoutputDirectory=${folder}`];
  await run('mvn', goal, { timeout: TIME_LIMIT_MS }).catch(
    (error: NodeJS.ErrnoException & { stdout?: string }) => {
      if (error.code === 'ENOENT')
        throw new JudgeError('Maven was not found, and it fetches Kafka Streams: install Maven.');
      const line = (error.stdout ?? '').split('\n').find((text) => text.includes('ERROR'));
      const reason = line?.replace(/^.*ERROR\S*\s*/, '').trim() || 'it ended without a message';
      throw new JudgeError(`Maven could not fetch Kafka Streams from Maven Central: ${reason}`);
    },
  );
}

async function compile(sources: readonly string[], classPath: string, folder: string): Promise<void> {
  const options = ['--release', '17', '-encoding', 'UTF-8', '-nowarn', '-cp', classPath, '-d', folder];
  await run(tool('javac'), [...options, ...sources], { timeout: TIME_LIMIT_MS }).catch(
    (error: NodeJS.ErrnoException & { stderr?: string }) => {
      if (error.code === 'ENOENT') throw new JudgeError(`javac was not found: ${INSTALL_JAVA}.`);
      const line = (error.stderr ?? '').split('\n').find((text) => text.includes('error:'));
      throw new JudgeError(`A Java program does not compile: ${line ?? error.message}`);
    },
  );
}
