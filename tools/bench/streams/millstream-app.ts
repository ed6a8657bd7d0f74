import { setTimeout as pause } from 'node:timers/promises';
import { startThreads } from '@millstream/streams';
import { KEYS } from './cases.ts';
import { type AppWords, createBenchStreams, parseAppWords } from './millstream-streams.ts';

// One case on @millstream/streams; prints what ../run-app.ts waits for, as java/StreamsBench.java does.
// Arguments: case, bootstrap, application id, records, input, table, output, threads, state folder.

const words = parseAppWords(process.argv.slice(2));
if (words.threads > 1) await runThreads(words);
else await runAlone(words);

async function runAlone(told: AppWords): Promise<void> {
  let seen = 0;
  const streams = createBenchStreams(told, 0, () => {
    seen += 1;
    if (seen === 1) console.log('first');
    if (seen === told.records) setImmediate(() => void end());
  });
  const end = async (): Promise<void> => {
    console.log('done');
    await streams.close();
    console.log('closed');
  };
  streams.onError((error) => {
    console.error('error', error);
    process.exit(1);
  });
  let restoreBegan = 0;
  streams.onRestore(() => {
    if (restoreBegan === 0) restoreBegan = performance.now();
  });
  await streams.start();
  if (told.name !== 'restore') return;
  const milliseconds = Math.round(performance.now() - restoreBegan);
  console.log(`restored ${streams.metrics().recordsRestored} ${milliseconds}`);
  await end();
}

async function runThreads(told: AppWords): Promise<void> {
  process.env.BENCH_WORDS = JSON.stringify(process.argv.slice(2));
  const threads = await startThreads(new URL('./millstream-thread.ts', import.meta.url), told);
  threads.onError((error) => {
    console.error('error', error);
    process.exit(1);
  });
  const expected = told.records + (told.name === 'join' ? KEYS : 0);
  while ((await threads.metrics()).recordsProcessed < expected) await pause(100);
  console.log('done');
  await threads.close();
  console.log('closed');
}
