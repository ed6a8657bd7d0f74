import { expect, test } from 'vitest';
import { readAllCases } from './case-files.ts';
import { KafkaStreamsJudge } from './kafka-streams-judge.ts';
import { readMeantDifferences } from './meant-differences.ts';
import { randomCase } from './random-case.ts';
import { resolveCase } from './resolve-case.ts';
import { describeVerdict, judgeCases } from './run-suite.ts';
import { shrinkCase } from './shrink-case.ts';

test('the real Kafka Streams answers hand-written and random cases as this library does', async () => {
  const judge = await KafkaStreamsJudge.start();
  try {
    const filed = readAllCases().filter((_each, index) => index % 10 === 0);
    const random = Array.from({ length: 30 }, (_each, index) => resolveCase(randomCase(index)));
    const cases = [...filed.map(({ found }) => found), ...random].map((found) => ({
      label: found.name,
      found,
    }));
    let equal = 0;
    const meant = readMeantDifferences();
    for await (const verdict of judgeCases(cases, ({ found }) => judge.ask(found), meant)) {
      expect(verdict.differences, describeVerdict(verdict).join('\n')).toEqual([]);
      equal += 1;
    }
    expect(equal).toBe(cases.length);
  } finally {
    await judge.close();
  }
});

test('a case is shrunk to what makes it different', async () => {
  const found = randomCase(11);
  const smallest = await shrinkCase(found, async ({ input }) =>
    input.some((each) => 'topic' in each && each.value === null),
  );
  expect(smallest.input).toHaveLength(1);
  expect(smallest.topology.length).toBeLessThan(found.topology.length);
});
