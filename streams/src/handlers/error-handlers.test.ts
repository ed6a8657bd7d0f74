import { expect, test } from 'vitest';
import { TopologyTestDriver, type TopologyTestDriverOptions } from '../../testing/topology-test-driver.ts';
import type { ProcessorContext } from '../processor.ts';
import type { Headers, StreamRecord } from '../record.ts';
import { type Serde, Serdes } from '../serdes.ts';
import { StreamsBuilder } from '../streams-builder.ts';
import type { Topology } from '../topology.ts';
import type {
  ErrorHandlerContext,
  ErrorHandlingOptions,
  ProcessingExceptionHandler,
  UnwrittenRecord,
} from './error-handlers.ts';
import { deadLetter, logAndContinue } from './ready-made-handlers.ts';

/** The answers here are those of Kafka Streams 4.3.1's own test driver for the same topologies. */
const text = Serdes.string();
const serdes = { key: text, value: text };
const headers: Headers = [{ key: 'h', value: Buffer.from('1') }];
const clock = { initialWallClockTime: 1000 };
const allContinue: TopologyTestDriverOptions = {
  ...clock,
  deadLetterTopic: 'dlq',
  deserializationExceptionHandler: logAndContinue,
  processingExceptionHandler: logAndContinue,
};

function drive(topology: Topology, options: TopologyTestDriverOptions) {
  const driver = new TopologyTestDriver(topology, options);
  const output = driver.createOutputTopic('dlq', text, text);
  return {
    driver,
    pipe: (value: string, timestamp = 77) =>
      driver.createInputTopic('in', text, text).pipeInput('k', value, { timestamp, headers }),
    deadLetters: () =>
      output.readRecords().map((record) => ({
        ...record,
        headers: record.headers
          .filter(({ key }) => key !== '__streams.errors.stacktrace')
          .map(({ key, value }) => [key, value === null ? null : Buffer.from(value).toString()]),
      })),
    lines: (topic: string) => driver.createOutputTopic(topic, text, text).readValues(),
  };
}

function causes(exception: string, message: string | null, place: readonly [string | null, number, number]) {
  return [
    ['__streams.errors.exception', exception],
    ['__streams.errors.message', message],
    ['__streams.errors.topic', place[0]],
    ['__streams.errors.partition', String(place[1])],
    ['__streams.errors.offset', String(place[2])],
  ];
}

function numbers(): Topology {
  const builder = new StreamsBuilder();
  builder.stream('in', { key: text, value: Serdes.integer() }).to('out1');
  return builder.build();
}

test('bytes that cannot be read go to the dead-letter topic as they are, with the cause', () => {
  const { driver, pipe, deadLetters } = drive(numbers(), allContinue);
  pipe('not-an-int');
  const [letter, ...more] = deadLetters();
  expect(more).toEqual([]);
  expect(letter).toMatchObject({ key: 'k', value: 'not-an-int', timestamp: 77, partition: 0 });
  expect(letter?.headers).toEqual([
    ['h', '1'],
    ...causes('SerializationError', expect.any(String) as unknown as string, ['in', 0, 0]),
  ]);
  expect(driver.droppedRecords('deserialization-error')).toBe(1);
  expect(driver.records('dlq')[0]?.headers[3]?.key).toBe('__streams.errors.stacktrace');
  expect(String(driver.records('dlq')[0]?.headers[3]?.value)).toContain('SerializationError');
});

test('bytes that cannot be read end the application otherwise', () => {
  const { pipe, driver } = drive(numbers(), clock);
  expect(() => pipe('not-an-int')).toThrow('Cannot read the record at in-0 offset 0');
  expect(driver.droppedRecords('deserialization-error')).toBe(0);
});

/** One record becomes two, and each goes three ways; each way may fail. */
function forks(): Topology {
  const builder = new StreamsBuilder();
  const twice = builder.stream('in', serdes).process(
    () => {
      let context: ProcessorContext<string, string>;
      return {
        init: (given: ProcessorContext<string, string>) => {
          context = given;
        },
        process: (record: StreamRecord<string, string>) => {
          const changed = [...record.headers, { key: 'changed', value: Buffer.from('yes') }];
          context.forward({
            ...record,
            timestamp: record.timestamp + 5,
            value: `${record.value}#1`,
            headers: changed,
          });
          context.forward({ ...record, value: `${record.value}#2` });
        },
      };
    },
    { name: 'twice', ...serdes },
  );
  const failOn = (word: string) => (value: string) => {
    if (value.includes(word)) throw new RangeError(`boom ${value}`);
    return value;
  };
  twice.mapValues(failOn('bad1'), { name: 'early' }).to('out1', serdes);
  twice.mapValues(failOn('bad2'), { name: 'late' }).to('out2', serdes);
  const last = (_key: string, value: string): boolean => {
    if (value === 'bad3#1') throw new Error();
    return true;
  };
  twice.filter(last, { name: 'last' }).to('out3', serdes);
  return builder.build();
}

test.each([
  ['bad1', [], ['bad1#1', 'bad1#2'], ['bad1#1', 'bad1#2']],
  ['bad2', ['bad2#1', 'bad2#2'], [], ['bad2#1', 'bad2#2']],
])('the step that threw (%s) is left out, everything around it goes on', (word, first, second, third) => {
  const { driver, pipe, deadLetters, lines } = drive(forks(), allContinue);
  pipe(word);
  expect([lines('out1'), lines('out2'), lines('out3')]).toEqual([first, second, third]);
  expect(driver.droppedRecords('processing-error')).toBe(2);
  expect(deadLetters()).toEqual([
    {
      key: 'k',
      value: word,
      timestamp: 82,
      partition: 0,
      headers: [['h', '1'], ['changed', 'yes'], ...causes('RangeError', `boom ${word}#1`, ['in', 0, 0])],
    },
    {
      key: 'k',
      value: word,
      timestamp: 77,
      partition: 0,
      headers: [['h', '1'], ...causes('RangeError', `boom ${word}#2`, ['in', 0, 0])],
    },
  ]);
});

test('an error without a message has a null one', () => {
  const { pipe, deadLetters, lines } = drive(forks(), allContinue);
  pipe('bad3');
  expect(lines('out3')).toEqual(['bad3#2']);
  expect(deadLetters()[0]?.headers.slice(2)).toEqual(causes('Error', null, ['in', 0, 0]));
});

test('by default the step and the record are named, and nothing of the record is shown', () => {
  const { pipe, lines } = drive(forks(), clock);
  const place = { task: '0_0', step: 'late', topic: 'in', partition: 0, offset: 0 };
  expect(() => pipe('bad2')).toThrow(
    expect.objectContaining({
      message: 'Step "late" of task 0_0 failed at in-0 offset 0: boom bad2#1',
      place,
    }),
  );
  expect([lines('out1'), lines('out3')]).toEqual([[], []]);
});

function ticker(): Topology {
  const builder = new StreamsBuilder();
  builder
    .stream('in', serdes)
    .process(
      () => ({
        init: (context: ProcessorContext<string, string>) => {
          context.schedule(10, 'wall-clock-time', (timestamp) => {
            context.forward({ key: 'p', value: 'v', timestamp, headers: [] });
            context.forward({ key: 'p', value: 'bad', timestamp: timestamp + 3, headers: [] });
            throw new Error('tick');
          });
        },
        process: () => undefined,
      }),
      { name: 'ticker', ...serdes },
    )
    .mapValues((value) => {
      if (value === 'bad') throw new Error('down');
      return value;
    })
    .to('out1', serdes);
  return builder.build();
}

test('punctuations fail without a record: below them, and themselves', () => {
  const { driver, deadLetters, lines } = drive(ticker(), allContinue);
  driver.advanceWallClockTime(11);
  expect(lines('out1')).toEqual(['v']);
  const letter = { key: null, value: null, partition: 0 };
  expect(deadLetters()).toEqual([
    { ...letter, timestamp: 1014, headers: causes('Error', 'down', [null, -1, -1]) },
    { ...letter, timestamp: 1011, headers: causes('Error', 'tick', [null, -1, -1]) },
  ]);
  expect(driver.droppedRecords('processing-error')).toBe(2);
});

const unwritable: Serde<string> = {
  ...text,
  serialize: () => {
    throw new TypeError('cannot write');
  },
};

function writer(): Topology {
  const builder = new StreamsBuilder();
  const stream = builder.stream('in', serdes);
  stream.peek(() => undefined, { name: 'peek' }).to('out1', { name: 'sink', key: text, value: unwritable });
  stream.to('out2', serdes);
  return builder.build();
}

test('a serde that cannot write asks the production handler, and when that fails, the step before', () => {
  const { driver, pipe, deadLetters, lines } = drive(writer(), allContinue);
  pipe('v');
  expect(lines('out2')).toEqual(['v']);
  const messages = deadLetters().map(({ headers }) => headers[2]?.[1]);
  expect(messages).toEqual([
    'cannot write',
    'Step "sink" of task 0_0 cannot write to "out1" (from in-0 offset 0): cannot write',
  ]);
  expect(driver.droppedRecords('processing-error')).toBe(1);
  expect(driver.droppedRecords('production-error')).toBe(0);
});

test('a production handler that goes on drops the one record', () => {
  const asked: [ErrorHandlerContext, UnwrittenRecord][] = [];
  const { driver, pipe, lines } = drive(writer(), {
    ...clock,
    productionExceptionHandler: (context, record) => {
      asked.push([context, record]);
      return 'continue';
    },
  });
  pipe('v');
  expect(lines('out2')).toEqual(['v']);
  expect(driver.droppedRecords('production-error')).toBe(1);
  expect(asked).toMatchObject([
    [
      { processorNodeId: 'sink', taskId: '0_0', topic: 'in', partition: 0, offset: 0, timestamp: 77 },
      { origin: 'value', topic: 'out1', partition: null, key: 'k', value: 'v', timestamp: 77 },
    ],
  ]);
});

test('what was stored before an error stays', () => {
  const builder = new StreamsBuilder();
  builder
    .stream('in', serdes)
    .groupByKey()
    .aggregate(
      () => '',
      (_key, value, sum) => {
        if (value === 'bad') throw new Error('agg');
        return sum + value;
      },
      { name: 's', ...serdes },
    )
    .toStream()
    .mapValues((value) => {
      if (value.endsWith('z')) throw new Error('after the store');
      return value;
    })
    .to('out1', serdes);
  const { driver, pipe, deadLetters, lines } = drive(builder.build(), allContinue);
  pipe('a');
  pipe('bad');
  pipe('z');
  expect(lines('out1')).toEqual(['a']);
  expect(driver.getKeyValueStore<string, string>('s').get('k')).toBe('az');
  expect(deadLetters().map(({ value }) => value)).toEqual(['bad', 'z']);
});

test('a topic of its own, and clear errors about dead letters that go nowhere', () => {
  const own = drive(numbers(), { ...clock, deserializationExceptionHandler: deadLetter('unreadable') });
  own.pipe('x');
  expect(own.lines('unreadable')).toEqual(['x']);
  const nowhere = { ...clock, deserializationExceptionHandler: deadLetter() };
  expect(() => drive(numbers(), nowhere)).toThrow('deadLetter() was given no topic');
  expect(() => drive(numbers(), { deadLetterTopic: 'a b' })).toThrow('"a b" cannot name a dead-letter topic');
  const misspelt = { processingExceptionHandler: 'continue' } as unknown as ErrorHandlingOptions;
  expect(() => drive(numbers(), misspelt)).toThrow('An exception handler is continue, not a function');
  const undeclared = drive(numbers(), {
    ...clock,
    deserializationExceptionHandler: (context, { key, value, timestamp }) => ({
      decision: 'continue',
      deadLetters: [{ topic: 'else', key, value, timestamp, headers: context.headers }],
    }),
  });
  expect(() => undeclared.pipe('x')).toThrow('writes to "else", which is not declared');
});

test('a handler that throws ends the application', () => {
  const { pipe } = drive(forks(), {
    ...clock,
    processingExceptionHandler: () => {
      throw new Error('no idea');
    },
  });
  expect(() => pipe('bad1')).toThrow(
    'The processing exception handler of step "early" failed: no idea (it was asked about: boom bad1#1)',
  );
});

test('a timestamp extractor that throws is not a matter for handlers', () => {
  const builder = new StreamsBuilder();
  const timestampExtractor = (): number => {
    throw new Error('no clock');
  };
  builder.stream('in', { ...serdes, timestampExtractor }).to('out1');
  const { pipe } = drive(builder.build(), allContinue);
  expect(() => pipe('v')).toThrow('The timestamp extractor failed at in-0 offset 0: no clock');
});

test.each([
  ['a promise', async () => 'continue', 'it returned a promise'],
  ['another word', () => 'resume', 'its answer is "resume", neither "continue" nor "fail"'],
  ['nothing', () => undefined, 'its answer is "undefined"'],
])('a handler that answers %s ends the application', (_what, handler, sentence) => {
  const processingExceptionHandler = handler as unknown as ProcessingExceptionHandler;
  const { pipe } = drive(forks(), { ...clock, processingExceptionHandler });
  expect(() => pipe('bad1')).toThrow(`processing exception handler of step "early" failed: ${sentence}`);
});
