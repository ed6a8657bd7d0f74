import type { OperatorOf } from '../../../design/operators/registry.ts';
import type { StepContext } from '../service/step-context.ts';
import { grouped } from '../text.ts';
import { type Emitter, value } from './emitter.ts';

export const emitJoin: Emitter<'join'> = (operator, context) => {
  const method = operator.type === 'inner' ? 'join' : 'leftJoin';
  const call = (args: readonly string[]) => value(`${context.chain('left')}.${method}(${args.join(', ')})`);
  const right = context.reference('right');
  switch (operator.inputs) {
    case 'streamTable':
      return call([right, joiner(operator, context), options(context)]);
    case 'streamGlobalTable':
      return call([right, lookup(operator, context), joiner(operator, context), `{ ${context.named()} }`]);
    case 'streamStream':
      return call([right, joiner(operator, context), windows(operator, context), streamOptions(context)]);
    case 'tableTable':
      return call([right, tableJoiner(operator, context), `{ ${context.named()} }`]);
    case 'foreignKey':
      return context.unsupported('a foreign-key join');
  }
};

function joiner(operator: OperatorOf<'join'>, context: StepContext): string {
  const [left, right] = [context.shape('left'), context.shape('right')];
  return context.lambda(['left', 'right', 'key'], operator.value, {
    what: 'value',
    variables: {
      key: left.key,
      left: left.value,
      right: operator.type === 'inner' ? right.value : { nullable: right.value },
    },
    gives: operator.output,
  });
}

/** A join of two tables is not told the key. */
function tableJoiner(operator: OperatorOf<'join'>, context: StepContext): string {
  const [left, right] = [context.shape('left'), context.shape('right')];
  return context.lambda(['left', 'right'], operator.value, {
    what: 'value',
    variables: {
      left: left.value,
      right: operator.type === 'inner' ? right.value : { nullable: right.value },
    },
    gives: operator.output,
  });
}

function lookup(operator: OperatorOf<'join'>, context: StepContext): string {
  const left = context.shape('left');
  return context.lambda(['key', 'value'], operator.on ?? 'key', {
    what: 'key looked up',
    variables: { key: left.key, value: left.value },
    gives: context.shape('right').key,
  });
}

/** A stream whose key was changed goes through a repartition topic, in the bytes of the table's own keys. */
function options(context: StepContext): string {
  const left = context.shape('left');
  if (!left.rekeyed) return `{ ${context.named()} }`;
  const serdes = `key: ${context.serde(context.shape('right').keySerde)}, value: ${context.serde(left.valueSerde)}`;
  return `{ ${context.named()}, ${serdes} }`;
}

function streamOptions(context: StepContext): string {
  const [left, right] = [context.shape('left'), context.shape('right')];
  const serdes = [
    `key: ${context.serde(left.keySerde)}`,
    `value: ${context.serde(left.valueSerde)}`,
    `otherValue: ${context.serde(right.valueSerde)}`,
  ];
  return `{ ${context.named()}, ${serdes.join(', ')} }`;
}

function windows(operator: OperatorOf<'join'>, context: StepContext): string {
  const { beforeMs, afterMs, graceMs } = operator.window ?? { beforeMs: 0, afterMs: 0, graceMs: 0 };
  const joinWindows = context.library('JoinWindows');
  const around = `${joinWindows}.ofTimeDifferenceAndGrace(${grouped(beforeMs)}, ${grouped(graceMs)})`;
  return beforeMs === afterMs ? around : `${around}.after(${grouped(afterMs)})`;
}
