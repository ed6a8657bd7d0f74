import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { caseFormat } from './case-format.ts';
import { compareAnswers } from './compare.ts';
import { readMeantDifferences } from './meant-differences.ts';
import { randomCase } from './random-case.ts';
import { toCaseFile } from './read-case.ts';
import { resolveCase } from './resolve-case.ts';
import { runCase } from './run-case.ts';
import { describeVerdict, type Judge, judgeCases, type LabelledCase, type Verdict } from './run-suite.ts';
import { shrinkCase } from './shrink-case.ts';

/** Ignored by git; the small cases lie there for `--file`. */
const FOUND = path.resolve(import.meta.dirname, '../../.local/conformance/found');
/** Shrinking takes its time, and the first few differences say most. */
const MOST_SHRUNK = 5;

/** Runs random cases; each difference is shrunk, shown and written to a file. 1 when there was one. */
export async function runRandomCases(
  { count, seed }: { readonly count: number; readonly seed: number },
  judge: Judge,
): Promise<number> {
  console.log(`seed ${seed}`);
  let equal = 0;
  let meant = 0;
  const different: Verdict[] = [];
  for await (const verdict of judgeCases(randomCases(count, seed), judge, readMeantDifferences())) {
    if (verdict.differences.length > 0) different.push(verdict);
    else if (verdict.excused.length > 0) meant += 1;
    else equal += 1;
  }
  for (const verdict of different.slice(0, MOST_SHRUNK)) await showSmallest(verdict, judge);
  for (const { label } of different.slice(MOST_SHRUNK)) console.log(`different: ${label}`);
  if (meant > 0) console.log(`${meant} different as meant`);
  console.log(`${equal} equal, ${different.length} different`);
  return different.length > 0 ? 1 : 0;
}

function* randomCases(count: number, seed: number): Generator<LabelledCase> {
  for (let index = 0; index < count; index += 1) {
    const found = randomCase(seed + index);
    yield { label: `--random 1 --seed ${seed + index}`, found: resolveCase(found) };
  }
}

async function showSmallest(verdict: Verdict, judge: Judge): Promise<void> {
  const { label } = verdict;
  // A smaller case that fails where this one did not would be another matter.
  const kindOf = (where: string | undefined): string => where?.split(' ')[0] ?? '';
  const kind = kindOf(verdict.differences[0]?.where);
  const smallest = await shrinkCase(
    caseFormat.parse(JSON.parse(toCaseFile(verdict.found))),
    async (candidate) => {
      const expected = await judge({ label, found: candidate });
      if (typeof expected === 'string') return false;
      return compareAnswers(candidate, expected, runCase(candidate)).some(
        ({ where }) => kindOf(where) === kind,
      );
    },
  );
  const file = path.join(FOUND, `${verdict.found.name.replaceAll(' ', '-')}.json`);
  const text = toCaseFile(smallest);
  mkdirSync(FOUND, { recursive: true });
  writeFileSync(file, text);
  const found = resolveCase(smallest);
  for await (const small of judgeCases([{ label, found }], judge, [])) {
    for (const line of describeVerdict(small)) console.log(line);
  }
  console.log(`${text}  (run it with --file ${path.relative(process.cwd(), file)})`);
}
