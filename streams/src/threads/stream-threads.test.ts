import { expect, test } from 'vitest';
import { startThreads } from './stream-threads.ts';

function moduleOf(code: string): URL {
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`);
}

test('an error that nobody catches in a thread is told by the call, and by nothing else', async () => {
  const unheard = moduleOf(`export function createStreams() {
    void Promise.reject(new Error('unheard'));
    return new Promise(() => undefined);
  }`);
  await expect(startThreads(unheard, { threads: 1 })).rejects.toThrow('unheard');
});

test('a module that does not load is named', async () => {
  await expect(startThreads(moduleOf('not JavaScript'), { threads: 2 })).rejects.toThrow(
    /^The module data:text\/javascript,not%20JavaScript cannot be loaded: /,
  );
});
