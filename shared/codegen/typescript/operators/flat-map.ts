import { type Emitter, value } from './emitter.ts';

export const emitFlatMap: Emitter<'flatMap'> = (operator, context) => {
  const mapper = context.lambda(['value', 'key'], operator.values, {
    what: 'values',
    variables: context.recordVariables(),
    gives: { list: operator.output },
  });
  return value(`${context.chain('in')}.flatMapValues(${mapper}, { ${context.named()} })`);
};
