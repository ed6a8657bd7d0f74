import { type Emitter, value } from './emitter.ts';

/** A topic is read once: where the service also reads it as a stream, the table is made of that stream. */
export const emitTable: Emitter<'table'> = (operator, context) => {
  const same = context.sameSource(operator);
  if (same !== null) return { gives: 'same', as: same };
  const topic = context.topic(operator.topic);
  const stream = context.streamOfSameTopic(operator);
  const history = context.history();
  if (stream !== null)
    return value(`${stream}.toTable({ ...${topic}.serdes, ${context.named()}${history} })`);
  return value(`builder.table(${topic}.name, { ...${topic}.serdes, store: ${context.id()}${history} })`);
};
