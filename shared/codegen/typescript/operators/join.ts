import type { OperatorOf } from '../../../design/operators/registry.ts';
import type { VariableType } from '../../plan/expression-slot.ts';
import type { StepContext } from '../service/step-context.ts';
import { grouped } from '../text.ts';
import { type Emitter, value } from './emitter.ts';

const methods = { inner: 'join', left: 'leftJoin', outer: 'outerJoin' } as const;

export const emitJoin: Emitter<'join'> = (operator, context) => {
  const method = methods[operator.type];
  const call = (args: readonly string[]) => value(`${context.chain('left')}.${method}(${args.join(', ')})`);
  const right = context.reference('right');
  switch (operator.inputs) {
    case 'streamTable':
      return call([right, joiner(operator, context), options(operator, context)]);
    case 'streamGlobalTable':
      return call([right, lookup(operator, context), joiner(operator, context), `{ ${context.named()} }`]);
    case 'streamStream':
      return call([right, joiner(operator, context), windows(operator, context), streamOptions(context)]);
    case 'tableTable':
      return call([right, tableJoiner(operator, context), tableOptions(context)]);
    case 'foreignKey': {
      const foreignKey = lookup(operator, context, 'foreign key', ['value', 'key']);
      return call([right, foreignKey, tableJoiner(operator, context), tableOptions(context)]);
    }
  }
};

function joiner(operator: OperatorOf<'join'>, context: StepContext): string {
  const variables = { key: context.shape('left').key, ...sides(operator, context) };
  return context.lambda(['left', 'right', 'key'], operator.value, {
    what: 'value',
    variables,
    gives: operator.output,
  });
}

/** A join of two tables is not told the key. */
function tableJoiner(operator: OperatorOf<'join'>, context: StepContext): string {
  const variables = sides(operator, context);
  return context.lambda(['left', 'right'], operator.value, {
    what: 'value',
    variables,
    gives: operator.output,
  });
}

function sides({ type }: OperatorOf<'join'>, context: StepContext): Record<'left' | 'right', VariableType> {
  const [left, right] = [context.shape('left').value, context.shape('right').value];
  return {
    left: type === 'outer' ? { nullable: left } : left,
    right: type === 'inner' ? right : { nullable: right },
  };
}

function lookup(
  operator: OperatorOf<'join'>,
  context: StepContext,
  what = 'key looked up',
  parameters = ['key', 'value'],
): string {
  const left = context.shape('left');
  return context.lambda(parameters, operator.on ?? 'key', {
    what,
    variables: { key: left.key, value: left.value },
    gives: context.shape('right').key,
  });
}

/** A stream whose key was changed goes through a repartition topic, in the bytes of the table's own keys. */
function options({ graceMs }: OperatorOf<'join'>, context: StepContext): string {
  const left = context.shape('left');
  const grace = graceMs === undefined ? [] : [`gracePeriodMs: ${grouped(graceMs)}`];
  if (!left.rekeyed && graceMs === undefined) return `{ ${context.named()} }`;
  const key = left.rekeyed ? context.shape('right').keySerde : left.keySerde;
  const serdes = [`key: ${context.serde(key)}`, `value: ${context.serde(left.valueSerde)}`];
  return `{ ${[context.named(), ...serdes, ...grace].join(', ')} }`;
}

/** Named, and kept in a store where somebody needs to look its rows up. */
function tableOptions(context: StepContext): string {
  if (!context.keepsResult()) return `{ ${context.named()} }`;
  const { keySerde, valueSerde } = context.outputShape();
  const serdes = `key: ${context.serde(keySerde)}, value: ${context.serde(valueSerde)}`;
  return `{ ${context.named()}, materialized: { ${context.named()}, ${serdes}${context.history()} } }`;
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
