import type { Answer } from './answer.ts';
import type { ResolvedCase } from './case-scope.ts';
import { compareAnswers, type Difference } from './compare.ts';
import { type MeantDifference, withoutMeant } from './meant-differences.ts';
import { runCase } from './run-case.ts';

export interface LabelledCase {
  /** Where the case is: a file, or which of the random ones. */
  readonly label: string;
  readonly found: ResolvedCase;
}

export interface Verdict extends LabelledCase {
  readonly expected: Answer | null;
  readonly differences: readonly Difference[];
  readonly excused: readonly MeantDifference[];
}

/** Kafka Streams' answer, or a sentence that says why there is none. */
export type Judge = (labelled: LabelledCase) => Promise<Answer | string>;

/** How many cases are under way at the judge. */
const AHEAD = 16;

/** Runs cases on both sides and compares, in order. */
export async function* judgeCases(
  cases: Iterable<LabelledCase>,
  judge: Judge,
  meant: readonly MeantDifference[],
): AsyncGenerator<Verdict> {
  const waiting: { readonly labelled: LabelledCase; readonly answer: Promise<Answer | string> }[] = [];
  const source = cases[Symbol.iterator]();
  const fill = (): void => {
    while (waiting.length < AHEAD) {
      const next = source.next();
      if (next.done === true) return;
      const answer = judge(next.value);
      // Awaited in its turn; an earlier one may end the run first.
      answer.catch(() => undefined);
      waiting.push({ labelled: next.value, answer });
    }
  };
  for (fill(); waiting.length > 0; fill()) {
    const first = waiting.shift();
    if (first === undefined) return;
    // The judge goes first: it gives up on a case without an end.
    const answer = await first.answer;
    yield toVerdict(first.labelled, answer, runCase(first.labelled.found), meant);
  }
}

function toVerdict(
  labelled: LabelledCase,
  expected: Answer | string,
  got: Answer,
  meant: readonly MeantDifference[],
): Verdict {
  if (typeof expected === 'string') {
    const missing = { where: 'answer', expected: 'an answer of Kafka Streams', got: expected };
    return { ...labelled, expected: null, differences: [missing], excused: [] };
  }
  const differences = compareAnswers(labelled.found, expected, got);
  const { left, excused } = withoutMeant(meant, differences);
  return { ...labelled, expected, differences: left, excused };
}

/** A verdict for a person; nothing when the answers are equal. */
export function describeVerdict({ label, found, differences, excused }: Verdict): string[] {
  const meant = excused.map(({ where, reason }) => `meant: ${found.name}: ${where}: ${reason}`);
  if (differences.length === 0) return meant;
  const places = differences.flatMap(({ where, expected, got }) => [
    `  ${where}`,
    `    expected ${expected}`,
    `    got      ${got}`,
  ]);
  return [...meant, `different: ${found.name} (${label})`, ...places];
}
