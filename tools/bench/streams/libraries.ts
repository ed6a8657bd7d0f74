import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JavaProgram } from '#tools/java/java-program.ts';
import type { BenchRun, CaseName } from './cases.ts';
import { findNodefluent } from './nodefluent.ts';
import type { AppCommand } from './run-app.ts';

/** A library under measurement. */
export interface Library {
  readonly name: string;
  /** The program of a run, or in words why this library cannot do it. */
  command(run: BenchRun): AppCommand | string;
  /** True where it holds results back and merges them, so that fewer come out than went in. */
  cached(name: CaseName): boolean;
}

export interface LibraryOptions {
  readonly root: string;
  readonly kafkaStreams: JavaProgram;
  readonly stateFolder: string;
}

export function createLibraries(options: LibraryOptions): Library[] {
  return [
    { name: '@millstream/streams', command: (run) => millstream(run, 1), cached: () => false },
    {
      name: '@millstream/streams, stores on disk (LMDB)',
      command: (run) =>
        run.case === 'map' ? 'the same: it has no store' : millstream(run, 1, stateOf(options, run)),
      cached: () => false,
    },
    {
      name: '@millstream/streams, 2 threads',
      command: (run) =>
        run.case === 'restore' ? 'not measured: each thread restores its own part' : millstream(run, 2),
      cached: () => false,
    },
    {
      name: 'Kafka Streams 4.3.1, in memory, no cache',
      command: (run) => kafkaStreams(options, run, 'plain'),
      cached: () => false,
    },
    {
      name: 'Kafka Streams 4.3.1 as it comes (RocksDB, cache)',
      command: (run) => kafkaStreams(options, run, 'default'),
      cached: (name) => name.endsWith('count'),
    },
    {
      name: 'nodefluent kafka-streams 5.0.0',
      command: (run) => nodefluent(options.root, run),
      cached: () => false,
    },
  ];
}

function millstream(run: BenchRun, threads: number, stateDir = ''): AppCommand {
  const program = fileURLToPath(new URL('./millstream-app.ts', import.meta.url));
  return {
    file: process.execPath,
    args: ['--conditions=millstream-source', program, ...wordsOf(run), String(threads), stateDir],
  };
}

function kafkaStreams(options: LibraryOptions, run: BenchRun, mode: string): AppCommand {
  const { java, classPath } = options.kafkaStreams;
  const quiet = '-Dorg.slf4j.simpleLogger.defaultLogLevel=error';
  return {
    file: java,
    args: [quiet, '-cp', classPath, 'StreamsBench', ...wordsOf(run), stateOf(options, run), mode],
  };
}

/** Another one for a restore, which is to find nothing. */
function stateOf(options: LibraryOptions, run: BenchRun): string {
  return path.join(options.stateFolder, `${run.applicationId}-${run.case}`);
}

const NODEFLUENT_CANNOT: Partial<Record<BenchRun['case'], string>> = {
  join: 'cannot: its join pairs the two streams in the order of arrival, not by key',
  'windowed-count': 'cannot: its window passes the records of one fixed time span on, without counts per key',
  'exactly-once-count': 'cannot: it has no transactions',
  restore: 'cannot: its stores have no changelog',
};

function nodefluent(root: string, run: BenchRun): AppCommand | string {
  const reason = NODEFLUENT_CANNOT[run.case];
  if (reason !== undefined) return reason;
  const installed = findNodefluent(root);
  if (typeof installed === 'string') return installed;
  const program = fileURLToPath(new URL('./nodefluent-app.mjs', import.meta.url));
  return { file: installed.node, args: [program, installed.folder, ...wordsOf(run)] };
}

function wordsOf(run: BenchRun): string[] {
  const { input, table } = run.topics;
  return [run.case, run.bootstrap, run.applicationId, String(run.records), input, table, run.output];
}
