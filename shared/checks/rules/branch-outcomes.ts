import type { Design, Service } from '../../design/design.ts';
import type { OperatorOf } from '../../design/operators/registry.ts';
import { indexDesign } from '../../design/queries/index-design.ts';
import { portValueType } from '../../design/queries/port-value-type.ts';
import { wiresFrom } from '../../design/queries/wires.ts';
import { operatorsOf } from '../flow.ts';
import { atOperator, operatorName } from '../places.ts';
import type { Finding, Rule } from '../rule.ts';
import { listWords } from '../words.ts';

export const branchOutcomes: Rule = {
  title: 'Every outcome of a decision goes somewhere',
  severity: 'error',
  why: 'A record whose outcome has no wire disappears without a trace.',
  check: (design) =>
    operatorsOf(design, 'branch').flatMap((branch) => {
      const service = indexDesign(design).operators.get(branch.id)?.service;
      return service ? outcomes(design, service, branch) : [];
    }),
};

function outcomes(design: Design, service: Service, branch: OperatorOf<'branch'>): readonly Finding[] {
  const isWired = (port: string) => wiresFrom(design, branch.id, port).length > 0;
  const name = operatorName(branch, service);
  const data = { operator: branch.name, service: service.name };
  const free = branch.branches.filter(({ id }) => !isWired(id));
  const unwired = free.map(
    (one): Finding => ({
      where: atOperator(branch),
      data: { ...data, outcome: one.name },
      message: `The outcome “${one.name}” of ${name} goes nowhere.`,
    }),
  );
  if (isWired('otherwise')) return unwired;
  const missing = uncovered(design, branch);
  if (missing === undefined) {
    const message = `Records that meet no condition of ${name} go nowhere.`;
    return [...unwired, { where: atOperator(branch), severity: 'warning', data, message }];
  }
  if (missing.length === 0) return unwired;
  const message = `${name} has no outcome for ${listWords(missing)}, and “otherwise” goes nowhere.`;
  return [...unwired, { where: atOperator(branch), data: { ...data, missing }, message }];
}

/** The symbols that no condition takes, where every condition compares one enum field with a symbol. */
function uncovered(design: Design, branch: OperatorOf<'branch'>): readonly string[] | undefined {
  const compared = branch.branches.map(({ condition }) =>
    typeof condition === 'string' ? /^\s*value\.(\w+)\s*==\s*["'](\w+)["']\s*$/.exec(condition) : null,
  );
  const fields = new Set(compared.map((match) => match?.[1]));
  const [field] = fields;
  if (fields.size !== 1 || field === undefined) return undefined;
  const taken = new Set(compared.map((match) => match?.[2]));
  return symbolsOf(design, branch, field)?.filter((symbol) => !taken.has(symbol));
}

function symbolsOf(
  design: Design,
  branch: OperatorOf<'branch'>,
  field: string,
): readonly string[] | undefined {
  const { schemas } = indexDesign(design);
  const { value } = portValueType(design, branch.id, 'in');
  const record =
    value !== null && typeof value === 'object' && 'ref' in value ? schemas.get(value.ref) : undefined;
  if (record?.kind !== 'record') return undefined;
  const type = record.fields.find(({ name }) => name === field)?.type;
  const symbols =
    type !== undefined && typeof type === 'object' && 'ref' in type ? schemas.get(type.ref) : undefined;
  return symbols?.kind === 'enum' ? symbols.symbols : undefined;
}
