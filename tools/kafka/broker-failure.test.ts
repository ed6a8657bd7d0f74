import { expect, test } from 'vitest';
import { describeBrokerFailure, isPortTaken } from './broker-failure.ts';

test('the reason is the last cause in the log, not a frame of a stack trace', () => {
  const log = [
    '12:00:00.000 [main] ERROR kafka.Kafka$ - Exiting Kafka due to fatal exception',
    'java.lang.RuntimeException: No readable meta.properties files found.',
    '\tat org.apache.kafka.Something.verify(Something.java:190)',
    '\t... 7 more',
    '',
  ].join('\n');
  const error = describeBrokerFailure(log, 'it ended while starting');
  expect(error.message).toBe(
    'Kafka did not start, it ended while starting: ' +
      'java.lang.RuntimeException: No readable meta.properties files found.',
  );
  expect(isPortTaken(error)).toBe(false);
});

test('a taken port and a full disk are said in words that help', () => {
  const taken = describeBrokerFailure(
    'Socket server failed to bind to 127.0.0.1:9092: Address already in use.',
    '',
  );
  expect(taken.message).toContain('127.0.0.1:9092 is taken by another program');
  expect(isPortTaken(taken)).toBe(true);
  expect(describeBrokerFailure('java.io.IOException: No space left on device', '').message).toContain(
    'disk is full',
  );
});

test('a log without a word still makes a sentence', () => {
  expect(describeBrokerFailure('', 'it ended while starting').message).toMatch(/its log is empty$/);
});
