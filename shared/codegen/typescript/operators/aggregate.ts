import type { OperatorOf } from '../../../design/operators/registry.ts';
import type { AggregationWindow } from '../../../design/windows.ts';
import type { StepContext } from '../service/step-context.ts';
import { grouped, quote } from '../text.ts';
import { type Emitter, value } from './emitter.ts';

export const emitAggregate: Emitter<'aggregate'> = (operator, context) => {
  const window = operator.window === undefined ? '' : `.windowedBy(${windows(operator.window, context)})`;
  const store = `name: ${quote(operator.store)}, key: ${context.serde(context.outputShape().keySerde)}`;
  const method = aggregation(operator, context, store);
  return value(`${context.chain('in')}${grouping(operator, context)}${window}.${method}`);
};

function grouping(operator: OperatorOf<'aggregate'>, context: StepContext): string {
  const input = context.shape('in');
  const serdes = () =>
    `key: ${context.serde(context.outputShape().keySerde)}, value: ${context.serde(input.valueSerde)}`;
  if (operator.groupBy === undefined) {
    return input.rekeyed ? `.groupByKey({ ${context.named()}, ${serdes()} })` : '.groupByKey()';
  }
  const key = context.lambda(['key', 'value'], operator.groupBy, {
    what: 'group’s key',
    variables: context.recordVariables(),
    gives: operator.groupKeyType ?? input.key,
  });
  return `.groupBy(${key}, { ${context.named()}, ${serdes()} })`;
}

function aggregation(operator: OperatorOf<'aggregate'>, context: StepContext, store: string): string {
  if (operator.method === 'count') return `count({ ${store} })`;
  const variables = { ...context.recordVariables(), aggregate: operator.output };
  const materialized = `{ ${store}, value: ${context.serde(context.outputShape().valueSerde)} }`;
  const step = { what: 'value', variables, gives: operator.output };
  if (operator.method === 'reduce') {
    const reducer = context.lambda(['aggregate', 'value'], operator.value ?? '', step);
    return `reduce(${reducer}, ${materialized})`;
  }
  const initial = { what: 'initial value', variables: {}, gives: operator.output };
  const initializer = context.lambda([], operator.initial ?? '', initial);
  const aggregator = context.lambda(['key', 'value', 'aggregate'], operator.value ?? '', step);
  return `aggregate(${initializer}, ${aggregator}, ${materialized})`;
}

function windows(window: AggregationWindow, context: StepContext): string {
  switch (window.kind) {
    case 'tumbling':
    case 'hopping': {
      const timeWindows = context.library('TimeWindows');
      const hop = window.kind === 'hopping' ? `.advanceBy(${grouped(window.advanceMs)})` : '';
      return `${timeWindows}.ofSizeAndGrace(${grouped(window.sizeMs)}, ${grouped(window.graceMs)})${hop}`;
    }
    case 'sliding':
    case 'session':
      return context.unsupported(`a ${window.kind} window`);
  }
}
