import { type Emitter, value } from './emitter.ts';

export const emitStream: Emitter<'stream'> = (operator, context) => {
  const same = context.sameSource(operator);
  if (same !== null) return { gives: 'same', as: same };
  const topic = context.topic(operator.topic);
  return value(`builder.stream(${topic}.name, ${topic}.serdes)`);
};
