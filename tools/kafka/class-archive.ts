import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { type ClusterPlan, createClusterId, formatBroker, launchBroker } from './cluster-launch.ts';
import { findFreePorts } from './free-port.ts';
import type { KafkaDistribution } from './kafka-distribution.ts';
import { LOCAL_FOLDERS } from './local-folders.ts';

const DUMP_TIME_LIMIT_MS = 60_000;

/**
 * Gives the JVM an archive of the classes a broker loads, made once by a broker that is started and stopped
 * for it. It takes a second off every start and lets the brokers of a cluster share that memory.
 */
export async function withClassArchive(kafka: KafkaDistribution): Promise<KafkaDistribution> {
  const archive = path.join(LOCAL_FOLDERS.distribution, `classes-${kafka.jarsName}-${kafka.javaVersion}.jsa`);
  if (!existsSync(archive)) await makeArchive(kafka, archive);
  return { ...kafka, archiveOption: `-XX:SharedArchiveFile=${archive}` };
}

async function makeArchive(kafka: KafkaDistribution, archive: string): Promise<void> {
  const [port = 0, controllerPort = 0] = await findFreePorts(2);
  const clusterId = createClusterId();
  const folder = path.join(LOCAL_FOLDERS.runs, clusterId);
  const seat = { id: 1, port, controllerPort, dataDir: path.join(folder, 'data') };
  const plan: ClusterPlan = {
    clusterId,
    seats: [seat],
    folder,
    heapMb: 384,
    properties: {},
    furtherListeners: {},
    scramUsers: {},
    outlivesOwner: false,
  };
  const incoming = `${archive}.${randomUUID()}`;
  await mkdir(folder, { recursive: true });
  try {
    await formatBroker(kafka, plan, seat);
    const training = { ...kafka, archiveOption: `-XX:ArchiveClassesAtExit=${incoming}` };
    const broker = await launchBroker(training, plan, seat);
    broker.signal('SIGTERM');
    if (!(await broker.waitForEnd(DUMP_TIME_LIMIT_MS))) broker.signal('SIGKILL');
    await rename(incoming, archive);
  } finally {
    await rm(folder, { recursive: true, force: true });
    await rm(incoming, { force: true });
  }
}
