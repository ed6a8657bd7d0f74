import type { Design } from '../../design/design.ts';
import type { OperatorOf } from '../../design/operators/registry.ts';
import { indexDesign } from '../../design/queries/index-design.ts';
import type { TypeRef } from '../../design/types.ts';
import { updateService } from '../fix.ts';
import { atOperator, operatorName } from '../places.ts';
import type { Rule } from '../rule.ts';
import { wordsOf } from '../words.ts';

const valuable = new Set(
  'amount balance cents credit debit fee inventory money paid payment price quantity refund reserved spend stock total units'.split(
    ' ',
  ),
);

/** A mistaken total of money or goods is an error; any other count is a warning. */
export const countedTwice: Rule = {
  title: 'What is added up is added once',
  severity: 'warning',
  why: 'At least once means that after a crash a record may be added a second time; exactly once puts the offset and the state in one transaction.',
  check: (design) =>
    design.services.flatMap((service) => {
      if (service.guarantee === 'exactly_once') return [];
      return service.operators.flatMap((operator) => {
        if (operator.kind !== 'aggregate' || operator.over === 'table') return [];
        const isValuable = namesIn(design, operator).some((name) =>
          wordsOf(name).some((word) => valuable.has(word)),
        );
        return [
          {
            where: atOperator(operator),
            severity: isValuable ? ('error' as const) : ('warning' as const),
            data: { operator: operator.name, service: service.name, valuable: isValuable },
            message: `${operatorName(operator, service)} may add a record twice after a crash, because the service processes at least once.`,
            fix: updateService(service, 'Process exactly once', { guarantee: 'exactly_once' }),
          },
        ];
      });
    }),
};

function namesIn(design: Design, operator: OperatorOf<'aggregate'>): readonly string[] {
  return operator.method === 'count'
    ? []
    : [operator.name, operator.store, ...fieldNames(design, operator.output)];
}

function fieldNames(design: Design, type: TypeRef): readonly string[] {
  if (typeof type !== 'object' || !('ref' in type)) return [];
  const schema = indexDesign(design).schemas.get(type.ref);
  return schema?.kind === 'record' ? schema.fields.map(({ name }) => name) : [];
}
