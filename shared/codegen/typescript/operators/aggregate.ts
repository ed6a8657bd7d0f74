import type { OperatorOf } from '../../../design/operators/registry.ts';
import { suppressName } from '../../../design/queries/kafka-names.ts';
import type { Expression } from '../../../design/types.ts';
import type { AggregationWindow } from '../../../design/windows.ts';
import type { StepContext } from '../service/step-context.ts';
import { grouped, quote } from '../text.ts';
import { type Emitter, value } from './emitter.ts';

type Aggregate = OperatorOf<'aggregate'>;

export const emitAggregate: Emitter<'aggregate'> = (operator, context) => {
  const window = operator.window === undefined ? '' : `.windowedBy(${windows(operator.window, context)})`;
  const emit = operator.suppress?.kind === 'onWindowClose' ? `.emitStrategy('on-window-close')` : '';
  const key = context.serde(context.outputShape().keySerde);
  const store = `name: ${quote(operator.store)}, key: ${key}${context.history()}`;
  const method = aggregation(operator, context, store);
  const held = suppression(operator, context);
  return value(`${context.chain('in')}${grouping(operator, context)}${window}${emit}.${method}${held}`);
};

function grouping(operator: Aggregate, context: StepContext): string {
  const input = context.shape('in');
  const serdes = () =>
    `key: ${context.serde(context.outputShape().keySerde)}, value: ${context.serde(input.valueSerde)}`;
  if (operator.groupBy === undefined) {
    return input.rekeyed ? `.groupByKey({ ${context.named()}, ${serdes()} })` : '.groupByKey()';
  }
  const slot = {
    what: 'group’s key',
    variables: context.recordVariables(),
    gives: operator.groupKeyType ?? input.key,
  };
  const mapper =
    operator.over === 'table'
      ? context.pairLambda(
          ['key', 'value'],
          { ...slot, expression: operator.groupBy },
          { ...slot, what: 'value', expression: 'value', gives: input.value },
        )
      : context.lambda(['key', 'value'], operator.groupBy, slot);
  return `.groupBy(${mapper}, { ${context.named()}, ${serdes()} })`;
}

function aggregation(operator: Aggregate, context: StepContext, store: string): string {
  if (operator.method === 'count') return `count({ ${store} })`;
  const materialized = `{ ${store}, value: ${context.serde(context.outputShape().valueSerde)} }`;
  const steps = () => [
    step(operator, context, 'value', operator.value),
    ...(operator.over === 'table'
      ? [step(operator, context, 'value without an old one', operator.subtract)]
      : []),
  ];
  if (operator.method === 'reduce') return `reduce(${[...steps(), materialized].join(', ')})`;
  const initial = { what: 'initial value', variables: {}, gives: operator.output };
  const initializer = context.lambda([], operator.initial ?? '', initial);
  const merger = operator.window?.kind === 'session' ? [merging(operator, context)] : [];
  return `aggregate(${[initializer, ...steps(), ...merger, materialized].join(', ')})`;
}

/** A reduction is not told the key. */
function step(
  operator: Aggregate,
  context: StepContext,
  what: string,
  expression: Expression | undefined,
): string {
  const { key, value: type } = groupVariables(operator, context);
  const isReduction = operator.method === 'reduce';
  const variables = { ...(isReduction ? {} : { key }), value: type, aggregate: operator.output };
  const parameters = isReduction ? ['aggregate', 'value'] : ['key', 'value', 'aggregate'];
  return context.lambda(parameters, expression ?? '', { what, variables, gives: operator.output });
}

function merging(operator: Aggregate, context: StepContext): string {
  const { key } = groupVariables(operator, context);
  return context.lambda(['key', 'left', 'right'], operator.merge ?? '', {
    what: 'value of two sessions',
    variables: { key, left: operator.output, right: operator.output },
    gives: operator.output,
  });
}

function groupVariables(operator: Aggregate, context: StepContext) {
  const { key, value: type } = context.recordVariables();
  return { key: operator.groupBy === undefined ? key : (operator.groupKeyType ?? key), value: type };
}

function windows(window: AggregationWindow, context: StepContext): string {
  const grace = grouped(window.graceMs);
  switch (window.kind) {
    case 'tumbling':
    case 'hopping': {
      const timeWindows = context.library('TimeWindows');
      const hop = window.kind === 'hopping' ? `.advanceBy(${grouped(window.advanceMs)})` : '';
      return `${timeWindows}.ofSizeAndGrace(${grouped(window.sizeMs)}, ${grace})${hop}`;
    }
    case 'sliding':
      return `${context.library('SlidingWindows')}.ofTimeDifferenceAndGrace(${grouped(window.differenceMs)}, ${grace})`;
    case 'session':
      return `${context.library('SessionWindows')}.ofInactivityGapAndGrace(${grouped(window.gapMs)}, ${grace})`;
  }
}

function suppression({ suppress, store }: Aggregate, context: StepContext): string {
  if (suppress === undefined || suppress.kind === 'onWindowClose') return '';
  const [suppressed, buffer] = [context.library('Suppressed'), context.library('BufferConfig')];
  const name = `{ name: ${quote(suppressName(store))} }`;
  if (suppress.kind === 'untilWindowCloses') {
    return `.suppress(${suppressed}.untilWindowCloses(${buffer}.unbounded()), ${name})`;
  }
  const room =
    suppress.maxRecords === undefined
      ? `${buffer}.unbounded()`
      : `${buffer}.maxRecords(${grouped(suppress.maxRecords)})`;
  return `.suppress(${suppressed}.untilTimeLimit(${grouped(suppress.waitMs)}, ${room}), ${name})`;
}
