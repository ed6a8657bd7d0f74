import path from 'node:path';

export const KAFKA_VERSION = '4.3.1';

const kept = path.resolve(import.meta.dirname, '../../.local/kafka');
const running = process.env.MILLSTREAM_KAFKA_FOLDER ?? kept;

/**
 * Everything the local Kafka keeps on disk, all of it ignored by git and safe to delete when nothing runs.
 * MILLSTREAM_KAFKA_FOLDER moves what belongs to running clusters, so that others can run beside the first.
 */
export const LOCAL_FOLDERS = {
  distribution: path.join(kept, KAFKA_VERSION),
  runs: path.join(running, 'run'),
  stateFile: path.join(running, 'state.json'),
} as const;
