import { type Emitter, end } from './emitter.ts';

/**
 * What is wired to a dead letter is written in the bytes in which it came, whatever the topic's own type. What
 * fails reaches the topic by the configuration; see `main.ts`.
 */
export const emitDeadLetter: Emitter<'deadLetter'> = (operator, context) => {
  const sources = context.references('in');
  if (sources.length === 0) return { gives: 'elsewhere' };
  const topic = context.topic(operator.topic);
  const calls = context.shapes('in').map((shape, at) => {
    const serdes = `key: ${context.serde(shape.keySerde)}, value: ${context.serde(shape.valueSerde)}`;
    return `${sources[at] ?? ''}.to(${topic}.name, { ${serdes} })`;
  });
  return end(calls.join(';\n'));
};
