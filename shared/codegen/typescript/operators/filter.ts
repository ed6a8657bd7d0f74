import { type Emitter, value } from './emitter.ts';

export const emitFilter: Emitter<'filter'> = (operator, context) => {
  const condition = context.lambda(['key', 'value'], operator.condition, {
    what: 'condition',
    variables: context.recordVariables(),
    gives: 'boolean',
  });
  return value(`${context.chain('in')}.filter(${condition}, { ${context.named()} })`);
};
