import { expect, test } from 'vitest';
import { jsonLogger, type LogLevel } from './json-logger.ts';

function logged(
  level: LogLevel | undefined,
  log: (logger: ReturnType<typeof jsonLogger>) => void,
): unknown[] {
  const lines: string[] = [];
  log(jsonLogger({ write: (line: string) => lines.push(line) }, level));
  return lines.map((line) => {
    expect(line.endsWith('\n')).toBe(true);
    expect(line.slice(0, -1)).not.toContain('\n');
    return JSON.parse(line);
  });
}

test('an event is one line with its fields', () => {
  const lines = logged(undefined, (logger) => logger.warn('it\nhappened', { task: '0_1', offset: 7n }));
  expect(lines).toEqual([
    { time: expect.any(String), level: 'warn', message: 'it\nhappened', task: '0_1', offset: '7' },
  ]);
});

test('what is less important than the level is left out', () => {
  const lines = logged('warn', (logger) => {
    logger.debug('a');
    logger.info('b');
    logger.warn('c');
    logger.error('d');
  });
  expect(lines).toMatchObject([{ message: 'c' }, { message: 'd' }]);
});

test('fields never break a line', () => {
  const circle: { self?: object } = {};
  circle.self = circle;
  const lines = logged(undefined, (logger) => {
    logger.info('round', { circle });
    logger.info('odd', { level: 'x', message: 'y', error: new Error('no'), stores: new Set(['s']) });
  });
  expect(lines).toMatchObject([
    { message: 'round', unloggable: expect.stringContaining('circular') },
    { message: 'odd', level: 'info', error: 'no', stores: ['s'] },
  ]);
});
