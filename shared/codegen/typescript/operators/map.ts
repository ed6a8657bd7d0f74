import { type Emitter, value } from './emitter.ts';

export const emitMap: Emitter<'map'> = (operator, context) => {
  const variables = context.recordVariables();
  const newValue = { what: 'value', variables, gives: operator.output };
  if (operator.key === undefined) {
    const mapper = context.lambda(['value', 'key'], operator.value, newValue);
    return value(`${context.chain('in')}.mapValues(${mapper}, { ${context.named()} })`);
  }
  const keyType = operator.keyType ?? context.shape('in').key;
  const pair = context.pairLambda(
    ['key', 'value'],
    { expression: operator.key, what: 'key', variables, gives: keyType },
    { expression: operator.value, ...newValue },
  );
  return value(`${context.chain('in')}.map(${pair}, { ${context.named()} })`);
};
