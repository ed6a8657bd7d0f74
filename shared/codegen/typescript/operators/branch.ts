import { camelNamesBeside } from '../../naming/legal-names.ts';
import { uniqueNames } from '../../naming/unique-names.ts';
import { propertyName, quote } from '../text.ts';
import type { Emitter } from './emitter.ts';

const otherwise = 'otherwise';

export const emitBranch: Emitter<'branch'> = (operator, context) => {
  const names = uniqueNames(operator.branches, camelNamesBeside([otherwise]));
  const conditions = operator.branches.map((branch) => {
    const condition = context.lambda(['key', 'value'], branch.condition, {
      what: `condition of “${branch.name}”`,
      variables: context.recordVariables(),
      gives: 'boolean',
    });
    return `${propertyName(names.get(branch.id) ?? branch.id)}: ${condition}`;
  });
  const rest = context.isUsed(otherwise) ? `, defaultBranch: ${quote(otherwise)}` : '';
  return {
    gives: 'branches',
    text: `${context.chain('in')}.split({ ${conditions.join(', ')} }, { ${context.named()}${rest} })`,
    members: new Map([...names, [otherwise, otherwise]]),
  };
};
