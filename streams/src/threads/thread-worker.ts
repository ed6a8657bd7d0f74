import { parentPort, workerData } from 'node:worker_threads';
import { StreamsConfigError } from '../errors.ts';
import { messageOf } from '../internals/record-queue.ts';
import { KafkaStreams } from '../kafka/kafka-streams.ts';
import type { FromThread, ThreadData, ToThread } from './thread-messages.ts';

// What runs in a thread of `startThreads`.

const { module, index, count } = workerData as ThreadData;
let streams: KafkaStreams | null = null;
let closing = false;

parentPort?.on('message', (message: ToThread) => {
  switch (message.kind) {
    case 'close':
      closing = true;
      void end();
      return;
    case 'metrics':
      tell({ kind: 'metrics', request: message.request, metrics: streams?.metrics() ?? null });
  }
});

try {
  await run();
} catch (error) {
  tellError(error);
  parentPort?.close();
}

async function run(): Promise<void> {
  const { createStreams } = await load();
  if (typeof createStreams !== 'function') {
    throw new StreamsConfigError(`The module ${module} exports no function "createStreams".`);
  }
  const made: unknown = await createStreams({ index, count });
  if (!(made instanceof KafkaStreams)) {
    throw new StreamsConfigError(`"createStreams" of ${module} returned no KafkaStreams.`);
  }
  streams = made;
  made.onStateChange((state) => tell({ kind: 'state', state }));
  made.onError((error) => {
    tellError(error);
    parentPort?.close();
  });
  if (closing) await end();
  else await made.start();
}

async function load(): Promise<{ createStreams?: unknown }> {
  try {
    return await import(module);
  } catch (cause) {
    throw new StreamsConfigError(`The module ${module} cannot be loaded: ${messageOf(cause)}`, { cause });
  }
}

async function end(): Promise<void> {
  if (streams === null) return;
  await streams.close();
  parentPort?.close();
}

function tellError(error: unknown): void {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  tell({ kind: 'error', name, message });
}

function tell(message: FromThread): void {
  parentPort?.postMessage(message);
}
