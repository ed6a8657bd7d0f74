import { type Emitter, value } from './emitter.ts';

/** Of a windowed table the key is taken apart into `key` and `window`, the words that expressions use. */
export const emitToStream: Emitter<'toStream'> = (operator, context) => {
  const shape = context.shape('in');
  const chain = context.chain('in');
  if (operator.key === undefined) {
    const baseKey = shape.windowed ? '({ key }) => key, ' : '';
    return value(`${chain}.toStream(${baseKey}{ ${context.named()} })`);
  }
  const variables = context.recordVariables();
  const mapper = context.lambda(
    shape.windowed ? [['key', 'window'], 'value'] : ['key', 'value'],
    operator.key,
    {
      what: 'key',
      variables: shape.windowed ? { ...variables, window: 'window' } : variables,
      gives: operator.keyType ?? shape.key,
    },
  );
  return value(`${chain}.toStream(${mapper}, { ${context.named()} })`);
};
