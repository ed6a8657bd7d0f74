import type { Rule } from '../rule.ts';
import { wordsOf } from '../words.ts';

const moneyWords = new Set(
  'amount balance budget cost credit debit discount fee fees fine money paid payment payout price prices refund salary spend subtotal tax taxes total tip wage'.split(
    ' ',
  ),
);
/** “price ratio”, “tax rate”: numbers about money that are none. */
const otherMeasures = new Set(
  'count factor index percent percentage rate ratio score share weight'.split(' '),
);

export const moneyType: Rule = {
  title: 'Money is not a double',
  severity: 'warning',
  why: 'A double cannot hold 0.10 exactly, so sums of money drift; whole cents in an int are exact.',
  check: (design) =>
    design.schemas.flatMap((schema) => {
      if (schema.kind !== 'record') return [];
      const fields = schema.fields.filter(({ name, type }) => type === 'double' && isMoney(name));
      return fields.map(({ name }) => ({
        where: { kind: 'schema', id: schema.id, field: name } as const,
        data: { schema: schema.name, field: name },
        message: `${schema.name}.${name} looks like money and is a double; use an int of its smallest unit.`,
      }));
    }),
};

function isMoney(name: string): boolean {
  const words = wordsOf(name);
  return words.some((word) => moneyWords.has(word)) && !words.some((word) => otherMeasures.has(word));
}
