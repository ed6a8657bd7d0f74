import { expect, test } from 'vitest';
import { silentLogger } from '../streams-logger.ts';
import { TroubleLog } from './trouble-log.ts';

test('what fails for long is told, again while it lasts, and when it is over', () => {
  let now = 0;
  const told: string[] = [];
  const tell = (message: string, fields?: object): void => {
    told.push(`${now / 1000} s: ${message} ${JSON.stringify(fields)}`);
  };
  const troubles = new TroubleLog({ ...silentLogger, warn: tell, info: tell }, () => now);
  for (; now < 40_000; now += 1_000) troubles.failed('fetching', new Error('refused'));
  troubles.failed('joining', new Error('short'));
  troubles.worked('joining');
  troubles.worked('fetching');
  troubles.worked('fetching');
  expect(told).toEqual([
    '5 s: fetching keeps failing; trying again {"error":"refused","forMs":5000}',
    '35 s: fetching keeps failing; trying again {"error":"refused","forMs":35000}',
    '40 s: fetching works again {"afterMs":40000}',
  ]);
});
