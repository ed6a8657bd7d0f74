import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type JavaProgram, prepareJavaProgram } from '#tools/java/java-program.ts';
import { startLocalCluster } from '#tools/kafka/local-cluster.ts';
import type { Measurement } from '../bench.ts';
import { type BenchOptions, parseBenchOptions } from './bench-options.ts';
import { type BenchRun, type BenchTopics, CASES, type CaseName, KEYS } from './cases.ts';
import { createLibraries, type Library } from './libraries.ts';
import { profileArguments, readProfile } from './profile.ts';
import { Progress } from './progress.ts';
import { type RunResult, runApp, runRestore } from './run-app.ts';
import { formatFailure, formatHeading, formatResult, medianOf } from './table.ts';

const run = promisify(execFile);

interface Bench {
  readonly options: BenchOptions;
  readonly bootstrap: string;
  readonly progress: Progress;
  readonly topics: BenchTopics;
}

/**
 * Ours beside Kafka Streams and nodefluent's library: same broker, same input, one after the other. A run
 * lasts from the first record until the last result can be read by everybody.
 */
export async function measureStreams(root: string, argv: readonly string[]): Promise<readonly Measurement[]> {
  const options = parseBenchOptions(argv);
  // Leaving by `exit` ends the broker and the application that runs; a signal alone would not.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  const programs = await prepareJavaProgram(path.join(import.meta.dirname, 'java'));
  const stateFolder = await mkdtemp(path.join(tmpdir(), 'millstream-bench-'));
  const cluster = await startLocalCluster({
    heapMb: 1024,
    properties: { 'broker.session.timeout.ms': '30000' },
  });
  try {
    const [bootstrap = ''] = cluster.bootstrapServers;
    const progress = new Progress(bootstrap);
    const topics = await writeInput(progress, bootstrap, programs, options);
    const libraries = createLibraries({ root, kafkaStreams: programs, stateFolder });
    const bench: Bench = { options, bootstrap, progress, topics };
    const rows = options.profile
      ? await profileAll(bench, libraries, stateFolder)
      : await measureAll(bench, options.alone ? libraries.slice(0, 2) : libraries);
    await progress.close();
    return rows;
  } finally {
    await cluster.stop();
    await rm(stateFolder, { recursive: true, force: true });
  }
}

async function writeInput(
  progress: Progress,
  bootstrap: string,
  { java, classPath }: JavaProgram,
  options: BenchOptions,
): Promise<BenchTopics> {
  const topics = { input: 'bench-input', table: 'bench-table' };
  // A millisecond between two records, up to now: what is older than a week, the broker would delete.
  const start = Date.now() - options.records;
  for (const topic of Object.values(topics)) await progress.createTopic(topic);
  const write = (topic: string, records: number, from: number, order: string) =>
    run(java, [
      '-Dorg.slf4j.simpleLogger.defaultLogLevel=error',
      ...['-cp', classPath, 'BenchInput', bootstrap, topic],
      ...[String(records), String(KEYS), String(from), options.compression, order],
    ]);
  await write(topics.table, KEYS, start - KEYS, 'each');
  await write(topics.input, options.records, start, 'random');
  return topics;
}

async function measureAll(bench: Bench, libraries: readonly Library[]): Promise<Measurement[]> {
  const rows: Measurement[] = [formatHeading(bench.options)];
  for (const name of bench.options.cases) {
    for (const library of libraries) {
      const label = `${CASES[name]}: ${library.name}`;
      rows.push(show(await measureCase(bench, library, name, label)));
    }
  }
  if (!bench.options.restore) return rows;
  for (const library of libraries) {
    rows.push(show(await measureRestore(bench, library, `restore: ${library.name}`)));
  }
  return rows;
}

/** The same runs of ours alone under Node's profiler, which slows them down: shares only, no rates. */
async function profileAll(bench: Bench, [ours]: readonly Library[], folder: string): Promise<Measurement[]> {
  const rows: Measurement[] = [{ name: 'busy time by source file', value: 'share' }];
  for (const name of bench.options.cases) {
    const planned = planRun(bench, name);
    const command = ours?.command(planned);
    if (command === undefined || typeof command === 'string') continue;
    const profiles = path.join(folder, `profile-${name}`);
    try {
      await bench.progress.createTopic(planned.output);
      const args = [...profileArguments(profiles), ...command.args];
      await runApp({ ...command, args }, planned, bench.progress, false);
      rows.push(...(await readProfile(profiles, CASES[name])));
    } finally {
      await removeTopics(bench, planned);
    }
  }
  return rows;
}

/** Rows are told as they come, on standard error: a whole bench takes minutes. */
function show(row: Measurement): Measurement {
  console.error(`${row.name}  ${row.value}`);
  return row;
}

async function measureCase(
  bench: Bench,
  library: Library,
  name: CaseName,
  label: string,
): Promise<Measurement> {
  const results: RunResult[] = [];
  for (let round = 0; round < bench.options.repeat; round += 1) {
    const planned = planRun(bench, name);
    const command = library.command(planned);
    if (typeof command === 'string') return { name: label, value: command };
    try {
      await bench.progress.createTopic(planned.output);
      results.push(await runApp(command, planned, bench.progress, library.cached(name)));
    } catch (error) {
      return formatFailure(label, error);
    } finally {
      await removeTopics(bench, planned);
    }
  }
  return formatResult(label, medianOf(results));
}

/** Fills a count store and its changelog once, and has a new process of the same application take it back. */
async function measureRestore(bench: Bench, library: Library, label: string): Promise<Measurement> {
  const counted = planRun(bench, 'exactly-once-count');
  const restored: BenchRun = { ...counted, case: 'restore' };
  const first = library.command(counted);
  const second = library.command(restored);
  if (typeof first === 'string' || typeof second === 'string') {
    return { name: label, value: typeof second === 'string' ? second : String(first) };
  }
  try {
    await bench.progress.createTopic(counted.output);
    await runApp(first, counted, bench.progress, library.cached('exactly-once-count'));
    const rates: number[] = [];
    let records = 0;
    for (let round = 0; round < bench.options.repeat; round += 1) {
      const result = await runRestore(second);
      rates.push(result.perSecond);
      records = result.records;
    }
    const rate = Math.round(rates.sort((left, right) => left - right)[rates.length >> 1] ?? 0);
    return { name: label, value: `${rate.toLocaleString('en')} records/s (${records.toLocaleString('en')})` };
  } catch (error) {
    return formatFailure(label, error);
  } finally {
    await removeTopics(bench, counted);
  }
}

function planRun({ options, bootstrap, topics }: Bench, name: CaseName): BenchRun {
  const applicationId = `bench-${name}-${randomUUID().slice(0, 8)}`;
  return {
    case: name,
    bootstrap,
    applicationId,
    records: options.records,
    topics,
    output: `${applicationId}-output`,
  };
}

async function removeTopics(bench: Bench, planned: BenchRun): Promise<void> {
  const topics = await bench.progress.topicsOf(planned.applicationId);
  if (topics.length > 0) await bench.progress.deleteTopics(topics);
}
