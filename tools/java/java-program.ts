import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { javaCommand } from './java-command.ts';
import { JavaProblem } from './java-problem.ts';
import { madeOnce } from './made-once.ts';
import { digest, prepareMavenJars } from './maven-jars.ts';

const run = promisify(execFile);
const POM_FILE = path.join(import.meta.dirname, 'pom.xml');
/** Ignored by git and safe to delete when nothing runs. */
const KEPT = path.resolve(import.meta.dirname, '../../.local/java');
const TIME_LIMIT_MS = 300_000;
const INSTALL_JAVA = 'install a JDK, version 17 or newer (Debian: apt-get install openjdk-17-jdk-headless)';

/** What it takes to run the classes of a program. */
export interface JavaProgram {
  readonly java: string;
  readonly classPath: string;
}

/** Fetches Kafka Streams by Maven and compiles the Java files of a folder, each once. Throws `JavaProblem`. */
export async function prepareJavaProgram(folder: string): Promise<JavaProgram> {
  const jars = path.join(await prepareMavenJars(POM_FILE, KEPT), '*');
  const sources = await javaSources(folder);
  const texts = await Promise.all([POM_FILE, ...sources].map((file) => readFile(file, 'utf8')));
  const name = `classes-${digest(...texts)}`;
  const classes = await madeOnce(path.join(KEPT, name), (incoming) => compile(sources, jars, incoming));
  return { java: javaCommand('java'), classPath: [classes, jars].join(path.delimiter) };
}

async function javaSources(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return names
    .filter((name) => name.endsWith('.java'))
    .toSorted()
    .map((name) => path.join(folder, name));
}

async function compile(sources: readonly string[], classPath: string, folder: string): Promise<void> {
  const options = ['--release', '17', '-encoding', 'UTF-8', '-nowarn', '-cp', classPath, '-d', folder];
  await run(javaCommand('javac'), [...options, ...sources], { timeout: TIME_LIMIT_MS }).catch(
    (error: NodeJS.ErrnoException & { stderr?: string }) => {
      if (error.code === 'ENOENT') throw new JavaProblem(`javac was not found: ${INSTALL_JAVA}.`);
      const line = (error.stderr ?? '').split('\n').find((text) => text.includes('error:'));
      throw new JavaProblem(`A Java program does not compile: ${line ?? error.message}`);
    },
  );
}
