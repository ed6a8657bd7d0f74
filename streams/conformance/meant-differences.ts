import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Difference } from './compare.ts';

const format = z.array(
  z.strictObject({
    where: z.string().describe('How the place begins at which the answers differ.'),
    expected: z.string().describe('A pattern of what Kafka Streams answers there.'),
    got: z.string().describe('A pattern of what comes here.'),
    reason: z.string().min(1),
  }),
);

export type MeantDifference = z.infer<typeof format>[number];

export function readMeantDifferences(): readonly MeantDifference[] {
  const text = readFileSync(new URL('./meant-differences.json', import.meta.url), 'utf8');
  return format.parse(JSON.parse(text));
}

/** Parts differences that are meant from those that are not. */
export function withoutMeant(
  meant: readonly MeantDifference[],
  differences: readonly Difference[],
): { readonly left: readonly Difference[]; readonly excused: readonly MeantDifference[] } {
  const reasonFor = ({ where, expected, got }: Difference): MeantDifference | undefined =>
    meant.find(
      (each) =>
        where.startsWith(each.where) &&
        new RegExp(each.expected).test(expected) &&
        new RegExp(each.got).test(got),
    );
  return {
    left: differences.filter((difference) => reasonFor(difference) === undefined),
    excused: differences.flatMap((difference) => reasonFor(difference) ?? []),
  };
}
