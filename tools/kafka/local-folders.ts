import path from 'node:path';

export const KAFKA_VERSION = '4.3.1';

const home = path.resolve(import.meta.dirname, '../../.local/kafka');

/** Everything the local Kafka keeps on disk, all of it ignored by git and safe to delete when nothing runs. */
export const LOCAL_FOLDERS = {
  distribution: path.join(home, KAFKA_VERSION),
  runs: path.join(home, 'run'),
  stateFile: path.join(home, 'state.json'),
} as const;
