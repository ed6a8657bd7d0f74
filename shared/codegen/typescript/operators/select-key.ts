import { type Emitter, value } from './emitter.ts';

export const emitSelectKey: Emitter<'selectKey'> = (operator, context) => {
  const key = context.lambda(['key', 'value'], operator.key, {
    what: 'key',
    variables: context.recordVariables(),
    gives: operator.keyType,
  });
  return value(`${context.chain('in')}.selectKey(${key}, { ${context.named()} })`);
};
