import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { KAFKA_VERSION, LOCAL_FOLDERS } from './local-folders.ts';
import { LocalKafkaError } from './local-kafka-error.ts';

const run = promisify(execFile);
const POM_FILE = path.join(import.meta.dirname, 'pom.xml');
const LOWEST_JAVA = 17;
const MAVEN_TIME_LIMIT_MS = 300_000;

export interface KafkaDistribution {
  readonly java: string;
  readonly javaVersion: string;
  /** Names the set of jars; changes with them. */
  readonly jarsName: string;
  readonly classPath: string;
  /** The JVM option that reads or writes the archive of classes; see class-archive.ts. */
  readonly archiveOption?: string;
}

/** Finds Java and the broker's class path, which Maven resolves once. */
export async function prepareKafkaDistribution(): Promise<KafkaDistribution> {
  const [javaVersion, folder] = await Promise.all([readJavaVersion(javaCommand()), prepareJarFolder()]);
  const jars = (await readdir(folder)).filter((name) => name.endsWith('.jar')).sort();
  const classPath = jars.map((name) => path.join(folder, name)).join(path.delimiter);
  return { java: javaCommand(), javaVersion, jarsName: path.basename(folder), classPath };
}

function javaCommand(): string {
  const home = process.env.JAVA_HOME;
  return home ? path.join(home, 'bin', 'java') : 'java';
}

async function readJavaVersion(java: string): Promise<string> {
  const debian = 'Debian: apt-get install openjdk-17-jre-headless';
  const advice = `install a JDK, version ${LOWEST_JAVA} or newer (${debian})`;
  const { stderr } = await run(java, ['-version']).catch(() => {
    throw new LocalKafkaError(`Java was not found, and Kafka needs it: ${advice}.`);
  });
  const version = /version "([^"]+)"/.exec(stderr)?.[1] ?? 'unknown';
  if (Number.parseInt(version, 10) >= LOWEST_JAVA) return version;
  throw new LocalKafkaError(`Kafka ${KAFKA_VERSION} cannot run on Java ${version}: ${advice}.`);
}

async function prepareJarFolder(): Promise<string> {
  const pomHash = createHash('sha256')
    .update(await readFile(POM_FILE))
    .digest('hex')
    .slice(0, 8);
  const folder = path.join(LOCAL_FOLDERS.distribution, `jars-${pomHash}`);
  if (!existsSync(folder)) await copyJars(folder);
  return folder;
}

// Copied beside and then renamed: the folder exists only whole, also when two processes prepare it at once.
async function copyJars(folder: string): Promise<void> {
  const incoming = `${folder}.${randomUUID()}`;
  await mkdir(incoming, { recursive: true });
  try {
    const goal = [
      '-q',
      '-B',
      '-f',
      POM_FILE,
      'dependency:copy-dependencies',
      `-DoutputDirectory=${incoming}`,
    ];
    await run('mvn', goal, { timeout: MAVEN_TIME_LIMIT_MS }).catch(throwMavenProblem);
    await rename(incoming, folder).catch((error: NodeJS.ErrnoException) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(incoming, { recursive: true, force: true });
  }
}

function throwMavenProblem(error: NodeJS.ErrnoException & { stdout?: string }): never {
  if (error.code === 'ENOENT') {
    const advice = 'install it (Debian: apt-get install maven)';
    throw new LocalKafkaError(`Maven was not found, and it fetches Kafka from Maven Central: ${advice}.`);
  }
  const line = (error.stdout ?? '').split('\n').find((text) => text.includes('ERROR'));
  const reason = line?.replace(/^.*ERROR\S*\s*/, '').trim() || 'it ended without a message';
  throw new LocalKafkaError(`Maven could not fetch Kafka ${KAFKA_VERSION} from Maven Central: ${reason}`);
}
