import type { Design } from '../../design/design.ts';
import type { Operator, OperatorOf } from '../../design/operators/registry.ts';
import { indexDesign } from '../../design/queries/index-design.ts';
import { portValueType } from '../../design/queries/port-value-type.ts';
import { wiresFrom } from '../../design/queries/wires.ts';
import { atOperator, operatorName } from '../places.ts';
import type { Finding, Rule } from '../rule.ts';
import { counted, listWords } from '../words.ts';

/** Only for a table that nothing but queries reads: a join may need any field. */
export const leanView: Rule = {
  title: 'A view carries only what its readers use',
  severity: 'info',
  why: 'Fields that nobody asks for make the store larger and a rebuild slower.',
  check: (design) =>
    design.services.flatMap((service) =>
      service.operators.flatMap((operator) => {
        const queries = queriesOf(design, operator);
        const fields = queries && fieldsOf(design, operator);
        if (!queries || !fields) return [];
        const used = new Set(queries.flatMap(fieldsUsed));
        const unused = fields.filter((field) => !used.has(field));
        if (unused.length === 0) return [];
        return queries.map(
          (query): Finding => ({
            where: atOperator(query, 'fields'),
            data: { table: operator.name, service: service.name, unused },
            message: `${operatorName(operator, service)} keeps ${counted(unused.length, 'field')} that no query answers with: ${listWords(unused)}.`,
          }),
        );
      }),
    ),
};

/** The queries of a table, when queries are all that reads it and each says which fields it answers with. */
function queriesOf(design: Design, table: Operator): readonly OperatorOf<'httpQuery'>[] | undefined {
  const readers = wiresFrom(design, table.id).map(
    (wire) => indexDesign(design).operators.get(wire.to.operator)?.operator,
  );
  const queries = readers.filter((reader) => reader?.kind === 'httpQuery' && reader.fields !== undefined);
  const isAll = readers.length > 0 && queries.length === readers.length;
  return isAll ? (queries as readonly OperatorOf<'httpQuery'>[]) : undefined;
}

function fieldsOf(design: Design, table: Operator): readonly string[] | undefined {
  const { value } = portValueType(design, table.id, 'out');
  if (value === null || typeof value !== 'object' || !('ref' in value)) return undefined;
  const schema = indexDesign(design).schemas.get(value.ref);
  return schema?.kind === 'record' ? schema.fields.map(({ name }) => name) : undefined;
}

function fieldsUsed(query: OperatorOf<'httpQuery'>): readonly string[] {
  const condition = typeof query.waitUntil === 'string' ? query.waitUntil : '';
  return [
    ...(query.fields ?? []),
    ...[...condition.matchAll(/\bvalue\.(\w+)/g)].map(([, name = '']) => name),
  ];
}
