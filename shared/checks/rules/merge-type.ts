import { indexDesign } from '../../design/queries/index-design.ts';
import { portValueType } from '../../design/queries/port-value-type.ts';
import { wiresInto } from '../../design/queries/wires.ts';
import type { TypeRef } from '../../design/types.ts';
import { operatorsOf } from '../flow.ts';
import { atOperator, operatorName } from '../places.ts';
import type { Rule } from '../rule.ts';
import { isSameKey, typeInWords } from '../types-in-words.ts';

export const mergeType: Rule = {
  title: 'Merged streams have one type',
  severity: 'error',
  why: 'What follows a merge sees one type of key and one of value.',
  check: (design) =>
    operatorsOf(design, 'merge').flatMap((merge) => {
      const service = indexDesign(design).operators.get(merge.id)?.service;
      const types = wiresInto(design, merge.id).map(({ from }) =>
        portValueType(design, from.operator, from.port),
      );
      return (['key', 'value'] as const).flatMap((part) => {
        const known: TypeRef[] = types.flatMap((type) => type[part] ?? []);
        const [first, ...others] = known;
        const other = first && others.find((type) => !isSameKey(design, first, type));
        if (!service || first === undefined || other === undefined) return [];
        const [one, two] = [typeInWords(design, first), typeInWords(design, other)];
        return [
          {
            where: atOperator(merge),
            data: { operator: merge.name, service: service.name, part, types: [one, two] },
            message: `${operatorName(merge, service)} merges streams whose ${part}s are ${one} and ${two}.`,
          },
        ];
      });
    }),
};
