import { type Emitter, value } from './emitter.ts';

export const emitMerge: Emitter<'merge'> = (_operator, context) => {
  const others = context.references('in').slice(1);
  const merges = others.map(
    (other, at) => `.merge(${other}, { ${context.named(at === 0 ? '' : `-${at + 1}`)} })`,
  );
  return value(`${context.chain('in')}${merges.join('')}`);
};
