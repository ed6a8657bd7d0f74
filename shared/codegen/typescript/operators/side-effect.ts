import { type Emitter, end } from './emitter.ts';

export const emitSideEffect: Emitter<'sideEffect'> = (operator, context) => {
  const variables = context.recordVariables();
  const action = context.sideEffectLambda(operator.handler, variables, operator.idempotenceKey);
  const call = `.foreach(${action}, { ${context.named()} })`;
  if (!context.isUsed('out')) return end(`${context.chain('in')}${call}`);
  const input = context.reference('in');
  return { gives: 'same', as: input, text: `${input}${call}` };
};
