import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { describeBrokerFailure } from './broker-failure.ts';
import { type BrokerProcess, startBrokerProcess, waitUntilReady } from './broker-process.ts';
import { type BrokerSeat, type ListenerProtocol, planBrokerProperties } from './broker-properties.ts';
import type { KafkaDistribution } from './kafka-distribution.ts';

const run = promisify(execFile);
const READY_TIME_LIMIT_MS = 60_000;

export interface ClusterPlan {
  readonly clusterId: string;
  readonly seats: readonly BrokerSeat[];
  readonly folder: string;
  readonly heapMb: number;
  readonly properties: Readonly<Record<string, string>>;
  readonly furtherListeners: Readonly<Record<string, ListenerProtocol>>;
  readonly scramUsers: Readonly<Record<string, string>>;
  readonly outlivesOwner: boolean;
}

/** The part of a broker's command line by which it is known to belong to this cluster. */
export function clusterMark(clusterId: string): string {
  return `-Dmillstream.cluster=${clusterId}`;
}

/** 16 random bytes as Kafka writes them; a leading dash would be taken for an option. */
export function createClusterId(): string {
  const id = randomBytes(16).toString('base64url');
  return id.startsWith('-') ? createClusterId() : id;
}

/** Reads the id of the cluster whose data lies in that folder, if there is any. */
export async function readClusterId(dataDir: string): Promise<string | undefined> {
  const file = path.join(dataDir, 'meta.properties');
  if (!existsSync(file)) return undefined;
  return /^cluster\.id=(.+)$/m.exec(await readFile(file, 'utf8'))?.[1]?.trim();
}

/** Writes the broker's properties and formats its storage; data that is there already is kept. */
export async function formatBroker(
  kafka: KafkaDistribution,
  plan: ClusterPlan,
  seat: BrokerSeat,
): Promise<void> {
  await mkdir(seat.dataDir, { recursive: true });
  const file = propertiesFile(plan, seat);
  await writeFile(file, planBrokerProperties(seat, plan.seats, plan.properties, plan.furtherListeners));
  const format = [
    'kafka.tools.StorageTool',
    'format',
    '--ignore-formatted',
    '-t',
    plan.clusterId,
    '-c',
    file,
    ...Object.entries(plan.scramUsers).flatMap(([name, password]) =>
      ['SCRAM-SHA-256', 'SCRAM-SHA-512'].flatMap((mechanism) => [
        '--add-scram',
        `${mechanism}=[name=${name},password=${password}]`,
      ]),
    ),
  ];
  await run(kafka.java, [...jvmArguments(kafka, plan), ...format]).catch(
    (error: Error & { stdout?: string; stderr?: string }) => {
      throw describeBrokerFailure(`${error.stdout}\n${error.stderr}`, 'its storage could not be formatted');
    },
  );
}

/** Starts the broker's JVM and waits until it serves clients; a JVM that does not get there is killed. */
export async function launchBroker(
  kafka: KafkaDistribution,
  plan: ClusterPlan,
  seat: BrokerSeat,
  signal?: AbortSignal,
): Promise<BrokerProcess> {
  const logFile = path.join(plan.folder, `broker-${seat.id}.log`);
  const broker = await startBrokerProcess({
    java: kafka.java,
    arguments: [...jvmArguments(kafka, plan), 'kafka.Kafka', propertiesFile(plan, seat)],
    logFile,
    outlivesOwner: plan.outlivesOwner,
  });
  try {
    await waitUntilReady(broker, logFile, READY_TIME_LIMIT_MS, signal);
    return broker;
  } catch (error) {
    broker.signal('SIGKILL');
    await broker.waitForEnd(5_000);
    throw error;
  }
}

function propertiesFile(plan: ClusterPlan, seat: BrokerSeat): string {
  return path.join(plan.folder, `broker-${seat.id}.properties`);
}

function jvmArguments(kafka: KafkaDistribution, plan: ClusterPlan): string[] {
  return [
    `-Xmx${plan.heapMb}m`,
    '-XX:+UseSerialGC',
    '-XX:TieredStopAtLevel=1',
    '-XX:-UsePerfData',
    '-Xlog:cds=off',
    '-Xlog:cds+dynamic=off',
    ...(kafka.archiveOption ? [kafka.archiveOption] : []),
    clusterMark(plan.clusterId),
    '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
    '-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info',
    '-Dorg.slf4j.simpleLogger.showDateTime=true',
    '-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS',
    '-cp',
    kafka.classPath,
  ];
}
