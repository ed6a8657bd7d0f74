import { expect, test } from 'vitest';
import { parseKafkaCommand } from './cli-arguments.ts';

test('up has one broker on port 9092 unless told otherwise', () => {
  expect(parseKafkaCommand(['up'])).toEqual({ name: 'up', brokers: 1, port: 9092 });
  const three = ['up', '--brokers', '3', '--port=19092'];
  expect(parseKafkaCommand(three)).toEqual({ name: 'up', brokers: 3, port: 19092 });
  expect(parseKafkaCommand(['--help'])).toEqual({ name: 'help' });
});

test.each([
  [[], 'Say what to do: up, status or down.'],
  [['start'], 'There is no command "start": say up, status or down.'],
  [['up', 'now'], '"now" is one word too many after "up".'],
  [['up', '--brokers', '0'], '--brokers takes a whole number from 1 to 5, not "0".'],
  [['up', '--brokers', 'three'], '--brokers takes a whole number from 1 to 5, not "three".'],
  [['up', '--port', '80'], '--port takes a whole number from 1024 to 65535, not "80".'],
  [['up', '--brokers=2', '--port=65535'], '--port takes a whole number from 1024 to 65534, not "65535".'],
  [['down', '--port', '9092'], '--port goes with "up", not with "down".'],
  [['up', '--fast'], "Unknown option '--fast'."],
])('%j is answered with one sentence', (argv, sentence) => {
  expect(() => parseKafkaCommand(argv)).toThrow(sentence);
});
