import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { JavaProblem } from '../java/java-problem.ts';
import { type KafkaCommand, parseKafkaCommand, USAGE, UsageError } from './cli-arguments.ts';
import {
  type ClusterRecord,
  killBrokers,
  readRecord,
  readRunRecord,
  runningBrokers,
  sweepAbandonedRuns,
  writeRecord,
} from './cluster-record.ts';
import { isPortFree } from './free-port.ts';
import { startLocalCluster } from './local-cluster.ts';
import { KAFKA_VERSION, LOCAL_FOLDERS } from './local-folders.ts';
import { LocalKafkaError } from './local-kafka-error.ts';

try {
  process.exitCode = await run(parseKafkaCommand(process.argv.slice(2)));
} catch (error) {
  const isExpected =
    error instanceof LocalKafkaError || error instanceof JavaProblem || error instanceof UsageError;
  if (!isExpected) throw error;
  console.error(error.message);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

function run(command: KafkaCommand): Promise<number> {
  switch (command.name) {
    case 'up':
      return up(command.brokers, command.port);
    case 'status':
      return status();
    case 'down':
      return down();
    case 'help':
      console.log(USAGE);
      return Promise.resolve(0);
  }
}

async function up(brokers: number, port: number): Promise<number> {
  const earlier = readRecord(LOCAL_FOLDERS.stateFile);
  if (earlier && runningBrokers(earlier).length > 0) {
    console.log(`Kafka ${KAFKA_VERSION} is already running.`);
    printCluster(earlier);
    return 0;
  }
  if (earlier) await forget(earlier);
  const ports = Array.from({ length: brokers }, (_, index) => port + index);
  await assertFree(ports);
  const fetching = existsSync(LOCAL_FOLDERS.distribution)
    ? ''
    : ' (the first time it is fetched from Maven Central)';
  console.error(`Starting Kafka ${KAFKA_VERSION}${fetching}…`);
  printCluster(await start(ports));
  return 0;
}

async function assertFree(ports: readonly number[]): Promise<void> {
  for (const port of ports) {
    if (await isPortFree(port)) continue;
    throw new LocalKafkaError(
      `Port ${port} of 127.0.0.1 is taken by another program: end it or choose another port with --port.`,
    );
  }
}

async function start(ports: readonly number[]): Promise<ClusterRecord> {
  const interrupted = new AbortController();
  const interrupt = () => interrupted.abort(new LocalKafkaError('Kafka was not started: interrupted.'));
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  const cluster = await startLocalCluster({ ports, outlivesOwner: true, signal: interrupted.signal });
  const record = readRunRecord(cluster.folder);
  if (!record) throw new Error(`No record was written in ${cluster.folder}.`);
  await mkdir(path.dirname(LOCAL_FOLDERS.stateFile), { recursive: true });
  await writeRecord(LOCAL_FOLDERS.stateFile, record);
  return record;
}

async function status(): Promise<number> {
  const record = readRecord(LOCAL_FOLDERS.stateFile);
  const running = record ? runningBrokers(record) : [];
  if (!record || running.length === 0) {
    console.log('Kafka is not running.');
    return 1;
  }
  const dead = record.brokers.length - running.length;
  console.log(
    dead === 0
      ? `Kafka ${KAFKA_VERSION} is running since ${record.startedAt}.`
      : `Kafka ${KAFKA_VERSION} is running, but ${dead} of its ${record.brokers.length} brokers ended.`,
  );
  printCluster({ ...record, brokers: running });
  return dead === 0 ? 0 : 1;
}

async function down(): Promise<number> {
  const abandoned = await sweepAbandonedRuns();
  if (abandoned > 0) console.log(`Removed ${abandoned} clusters that ended tests had left behind.`);
  const record = readRecord(LOCAL_FOLDERS.stateFile);
  const ended = record ? await forget(record) : 0;
  console.log(ended > 0 ? 'Kafka is ended and its data removed.' : 'Kafka was not running.');
  return 0;
}

async function forget(record: ClusterRecord): Promise<number> {
  const ended = await killBrokers(record);
  await rm(record.folder, { recursive: true, force: true });
  await rm(LOCAL_FOLDERS.stateFile, { force: true });
  return ended;
}

function printCluster(record: ClusterRecord): void {
  const row = (broker: string, address: string, process: string) =>
    console.log(`${broker.padEnd(8)}${address.padEnd(18)}${process}`);
  row('broker', 'address', 'process');
  for (const { id, port, pid } of record.brokers) row(String(id), `127.0.0.1:${port}`, String(pid));
  console.log('bootstrap servers:');
  console.log(record.brokers.map(({ port }) => `127.0.0.1:${port}`).join(','));
}
