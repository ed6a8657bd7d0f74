import { describe, expect, test } from 'vitest';
import { readAllCases } from './case-files.ts';
import { readMeantDifferences } from './meant-differences.ts';
import { readRecordedAnswers, recordedAnswer } from './recorded-answers.ts';
import { describeVerdict, judgeCases } from './run-suite.ts';

const cases = readAllCases();
const recorded = readRecordedAnswers();

describe('what Kafka Streams 4.3.1 answered', () => {
  test.each(cases.map((filed) => [filed.found.name, filed] as const))('%s', async (_name, filed) => {
    const labelled = { label: filed.file, found: filed.found };
    const judge = async () => recordedAnswer(recorded, filed);
    for await (const verdict of judgeCases([labelled], judge, readMeantDifferences()))
      expect(verdict.differences, describeVerdict(verdict).join('\n')).toEqual([]);
  });
});

test('answers are recorded for the cases that are there, and a difference is seen', async () => {
  expect([...recorded.keys()].toSorted()).toEqual(cases.map(({ file }) => file).toSorted());
  const [filed] = cases;
  if (filed === undefined) throw new Error('There are no cases.');
  const judge = async () => ({ topics: { elsewhere: [{ key: 'a', value: 'b', at: 1 }] } });
  for await (const verdict of judgeCases([{ label: 'one', found: filed.found }], judge, []))
    expect(verdict.differences.length).toBeGreaterThan(0);
});
