import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { javaCommand } from '../java/java-command.ts';
import { prepareMavenJars } from '../java/maven-jars.ts';
import { KAFKA_VERSION, LOCAL_FOLDERS } from './local-folders.ts';
import { LocalKafkaError } from './local-kafka-error.ts';

const run = promisify(execFile);
const POM_FILE = path.join(import.meta.dirname, 'pom.xml');
const LOWEST_JAVA = 17;

export interface KafkaDistribution {
  readonly java: string;
  readonly javaVersion: string;
  /** Names the set of jars; changes with them. */
  readonly jarsName: string;
  readonly classPath: string;
  /** The JVM option that reads or writes the archive of classes; see class-archive.ts. */
  readonly archiveOption?: string;
}

/** Finds Java and the broker's class path, which Maven resolves once. Throws `LocalKafkaError` and `JavaProblem`. */
export async function prepareKafkaDistribution(): Promise<KafkaDistribution> {
  const [javaVersion, folder] = await Promise.all([
    readJavaVersion(javaCommand('java')),
    prepareMavenJars(POM_FILE, LOCAL_FOLDERS.distribution),
  ]);
  const jars = (await readdir(folder)).filter((name) => name.endsWith('.jar')).sort();
  const classPath = jars.map((name) => path.join(folder, name)).join(path.delimiter);
  return { java: javaCommand('java'), javaVersion, jarsName: path.basename(folder), classPath };
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
