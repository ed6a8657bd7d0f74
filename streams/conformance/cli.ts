import { JudgeError } from '../test/judge-error.ts';
import { CaseError } from './case-error.ts';
import { caseFiles, readAllCases } from './case-files.ts';
import { writeCaseSchema } from './case-schema-file.ts';
import { type ConformanceCommand, parseConformanceArguments, USAGE, UsageError } from './cli-arguments.ts';
import { KafkaStreamsJudge } from './kafka-streams-judge.ts';
import { readMeantDifferences } from './meant-differences.ts';
import { readCase } from './read-case.ts';
import { writeReadmeTables } from './readme-tables.ts';
import { readRecordedAnswers, recordedAnswer, writeRecordedAnswers } from './recorded-answers.ts';
import { runRandomCases } from './run-random.ts';
import { describeVerdict, type Judge, judgeCases, type LabelledCase, type Verdict } from './run-suite.ts';

// The JVM is ended on the way out.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));

try {
  process.exitCode = await run(parseConformanceArguments(process.argv.slice(2)));
} catch (error) {
  const isExpected = error instanceof CaseError || error instanceof UsageError || error instanceof JudgeError;
  if (!isExpected) throw error;
  console.error(error.message);
  process.exitCode = error instanceof JudgeError ? 1 : 2;
}

async function run(command: ConformanceCommand): Promise<number> {
  switch (command.kind) {
    case 'help':
      console.log(USAGE);
      return 0;
    case 'files': {
      const cases = command.files.flatMap(caseFiles).map((file) => ({ label: file, found: readCase(file) }));
      return withJudge((judge) => tell(cases, judge));
    }
    case 'random':
      return withJudge((judge) => runRandomCases(command, judge));
    case 'cases':
      return runFiledCases(command);
  }
}

async function runFiledCases({
  answers,
  only,
}: Extract<ConformanceCommand, { kind: 'cases' }>): Promise<number> {
  const filed = readAllCases().filter(
    ({ file, found }) =>
      only === null || [file, found.name, found.covers].some((text) => text.includes(only)),
  );
  const cases = filed.map(({ file, found }) => ({ label: file, found }));
  if (answers === 'recorded') {
    const recorded = readRecordedAnswers();
    return tell(cases, async ({ label, found }) => recordedAnswer(recorded, { file: label, found }));
  }
  return withJudge(async (judge) => {
    const verdicts: Verdict[] = [];
    const exitCode = await tell(cases, judge, verdicts);
    if (answers === 'record') {
      writeRecordedAnswers(
        verdicts.flatMap(({ label, found, expected }) =>
          expected === null ? [] : [{ filed: { file: label, found }, answer: expected }],
        ),
      );
      writeReadmeTables(filed);
      writeCaseSchema();
    }
    return exitCode;
  });
}

async function withJudge(work: (judge: Judge) => Promise<number>): Promise<number> {
  const judge = await KafkaStreamsJudge.start();
  try {
    return await work(({ found }) => judge.ask(found));
  } finally {
    await judge.close();
  }
}

/** Tells differences as they are found and the sum at the end; 1 when there was one, or no case at all. */
async function tell(cases: readonly LabelledCase[], judge: Judge, verdicts: Verdict[] = []): Promise<number> {
  for await (const verdict of judgeCases(cases, judge, readMeantDifferences())) {
    verdicts.push(verdict);
    for (const line of describeVerdict(verdict)) console.log(line);
  }
  const different = verdicts.filter(({ differences }) => differences.length > 0).length;
  const meant = verdicts.filter(
    ({ differences, excused }) => differences.length === 0 && excused.length > 0,
  ).length;
  if (verdicts.length === 0) console.log('Nothing was run: no case matches.');
  if (meant > 0) console.log(`${meant} different as meant`);
  console.log(`${verdicts.length - different - meant} equal, ${different} different`);
  return different > 0 || verdicts.length === 0 ? 1 : 0;
}
