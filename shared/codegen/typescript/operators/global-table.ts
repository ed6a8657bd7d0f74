import { type Emitter, value } from './emitter.ts';

export const emitGlobalTable: Emitter<'globalTable'> = (operator, context) => {
  const same = context.sameSource(operator);
  if (same !== null) return { gives: 'same', as: same };
  const topic = context.topic(operator.topic);
  return value(`builder.globalTable(${topic}.name, { ...${topic}.serdes, store: ${context.id()} })`);
};
