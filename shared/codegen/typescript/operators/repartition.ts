import { type Emitter, value } from './emitter.ts';

export const emitRepartition: Emitter<'repartition'> = (operator, context) => {
  const shape = context.shape('in');
  const count = operator.partitions === undefined ? '' : `, partitions: ${operator.partitions}`;
  const serdes = `key: ${context.serde(shape.keySerde)}, value: ${context.serde(shape.valueSerde)}`;
  return value(`${context.chain('in')}.repartition({ ${context.named()}, ${serdes}${count} })`);
};
