import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Difference } from './compare.ts';

const format = z.array(
  z.strictObject({
    case: z.string().describe('The name of the case.'),
    where: z.string().describe('How the place begins at which the answers differ.'),
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
  name: string,
  differences: readonly Difference[],
): { readonly left: readonly Difference[]; readonly excused: readonly MeantDifference[] } {
  const reasonFor = ({ where }: Difference): MeantDifference | undefined =>
    meant.find((each) => each.case === name && where.startsWith(each.where));
  return {
    left: differences.filter((difference) => reasonFor(difference) === undefined),
    excused: differences.flatMap((difference) => reasonFor(difference) ?? []),
  };
}
