import { expect, test } from 'vitest';
import { silentLogger } from '../streams-logger.ts';
import { Listeners } from './listeners.ts';

test('a listener that throws or rejects is logged, and the others are told', async () => {
  const told: string[] = [];
  const logged: object[] = [];
  const logger = { ...silentLogger, error: (_message: string, fields?: object) => logged.push(fields ?? {}) };
  const listeners = new Listeners<[what: string]>(logger);
  listeners.add(() => {
    throw new Error('one');
  });
  listeners.add(async () => {
    throw new Error('two');
  });
  const stop = listeners.add((what) => told.push(what));
  listeners.tell('first');
  stop();
  listeners.tell('second');
  await Promise.resolve();
  expect(told).toEqual(['first']);
  expect(logged.slice(0, 2)).toEqual([{ error: 'one' }, { error: 'one' }]);
  expect(logged.slice(2)).toEqual([{ error: 'two' }, { error: 'two' }]);
});
