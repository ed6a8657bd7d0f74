import type { TypeRef } from '../../../design/types.ts';
import type { VariableType } from '../../plan/expression-slot.ts';
import { grouped, quote } from '../text.ts';
import { type Emitter, value } from './emitter.ts';

/** The count is the number of services that the drawing shows answering. */
export const emitGather: Emitter<'gather'> = (operator, context) => {
  const gather = context.library('gather');
  const [start, items] = [context.shape('start'), context.shape('items')];
  const itemList: TypeRef = { list: items.value };
  const known: Record<string, VariableType> = { items: itemList };
  const itemId = context.lambda(['item'], operator.itemId, {
    what: 'item’s id',
    variables: { item: items.value },
    gives: 'string',
  });
  const until =
    operator.until === undefined
      ? ''
      : `until: ${context.lambda(['items'], operator.until, { what: 'end of the wait', variables: known, gives: 'boolean' })},`;
  const result = context.lambda([['key', 'start', 'items', 'complete', 'timedOut']], operator.value, {
    what: 'result',
    variables: { key: start.key, start: start.value, ...known, complete: 'boolean', timedOut: 'boolean' },
    gives: operator.output,
  });
  const waited = operator.timeoutMs === undefined ? 'Number.MAX_SAFE_INTEGER' : grouped(operator.timeoutMs);
  return value(`${gather}(${context.reference('start')}, ${context.reference('items')}, {
    name: ${quote(operator.store)},
    key: ${context.serde(start.keySerde)},
    start: ${context.serde(start.valueSerde)},
    item: ${context.serde(items.valueSerde)},
    count: ${context.gatherCount(operator)},
    itemId: ${itemId},
    ${until}
    timeoutMs: ${waited},
    result: ${result},
  })`);
};
