import { type Emitter, end } from './emitter.ts';

export const emitSink: Emitter<'sink'> = (operator, context) => {
  if (operator.route === undefined) {
    const topic = context.topic(operator.topic);
    return end(`${context.chain('in')}.to(${topic}.name, ${topic}.serdes)`);
  }
  const choices = [operator.topic, ...(operator.routes ?? [])].filter((id) => id !== null);
  const first = context.topic(choices[0] ?? null);
  const names = [...new Set(choices)].map((id) => `${context.topic(id)}.name`).join(', ');
  const route = context.lambda(['key', 'value'], operator.route, {
    what: 'route',
    variables: context.recordVariables(),
    gives: 'string',
  });
  const options = `{ ...${first}.serdes, topics: [${names}] }`;
  return end(`${context.chain('in')}.to(${route}, ${options})`);
};
