import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { TopicPartition } from '../record.ts';

/** How far a store that is on disk has read or written its changelog. */
export interface CheckpointEntry extends TopicPartition {
  /** Offset of the last record that is in the store. */
  readonly offset: number;
}

const NAME = '.checkpoint';
const VERSION = '0';

/**
 * Reads a task directory's checkpoint in Kafka Streams' format: version, count, and a line
 * `topic partition offset` each. Null when there is none, or none that can be trusted.
 */
export function readCheckpoint(directory: string): CheckpointEntry[] | null {
  const path = join(directory, NAME);
  if (!existsSync(path)) return null;
  const [version, count, ...lines] = readFileSync(path, 'utf8').split('\n');
  const entries = lines.filter((line) => line !== '').map(parseLine);
  if (version !== VERSION || count !== String(entries.length)) return null;
  const complete = entries.filter((entry) => entry !== null);
  return complete.length === entries.length ? complete : null;
}

/** Replaces the checkpoint; after a crash either the old or the new one is there, whole. */
export function writeCheckpoint(directory: string, entries: readonly CheckpointEntry[]): void {
  const lines = entries.map(({ topic, partition, offset }) => `${topic} ${partition} ${offset}\n`);
  const fresh = join(directory, `${NAME}.tmp`);
  const file = openSync(fresh, 'w');
  try {
    writeSync(file, `${VERSION}\n${entries.length}\n${lines.join('')}`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(fresh, join(directory, NAME));
}

/** Forgets the checkpoint: from here on the stores may be ahead of any offset. */
export function deleteCheckpoint(directory: string): void {
  rmSync(join(directory, NAME), { force: true });
  syncDirectory(directory);
}

/** Makes a deletion last; Windows does not open directories, and keeps no such promise. */
function syncDirectory(directory: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(directory, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function parseLine(line: string): CheckpointEntry | null {
  const [topic, partition, offset, ...rest] = line.trim().split(/\s+/);
  if (topic === undefined || partition === undefined || offset === undefined || rest.length > 0) return null;
  const entry = { topic, partition: Number(partition), offset: Number(offset) };
  const valid = Number.isSafeInteger(entry.partition) && Number.isSafeInteger(entry.offset);
  return valid && entry.partition >= 0 && entry.offset >= 0 ? entry : null;
}
