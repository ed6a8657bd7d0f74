import type { OperatorOf } from '#shared/design/operators/registry.ts';
import { portValueType } from '#shared/design/queries/port-value-type.ts';
import { historyRetentionMs, keepsResult } from '#shared/design/queries/table-rows.ts';
import { type AnyStream, type BuildContext, type Flow, streamInto } from './build-context.ts';
import { typeSerde } from './design-serdes.ts';
import { SandboxProblem } from './sandbox-problem.ts';
import { operatorFunctions, type SlotFunctions } from './slot-functions.ts';
import { joinWindows } from './windows.ts';

type Join = OperatorOf<'join'>;

export function addJoin(operator: Join, context: BuildContext): void {
  context.give('out', join(operator, context, operatorFunctions(context.design, operator)));
}

function join(operator: Join, context: BuildContext, functions: SlotFunctions): Flow {
  switch (operator.inputs) {
    case 'streamTable':
      return joinTable(operator, context, functions);
    case 'streamGlobalTable':
      return joinGlobalTable(operator, context, functions);
    case 'streamStream':
      return joinStream(operator, context, functions);
    case 'tableTable':
      return joinTables(operator, context, functions);
    case 'foreignKey':
      return joinForeignKey(operator, context, functions);
  }
}

function joinTable(operator: Join, context: BuildContext, functions: SlotFunctions): Flow {
  const right = context.input('right');
  if (right.is !== 'table') return wrongSide(operator, right, 'a table');
  const value = functions.required('value');
  const joiner = (left: unknown, found: unknown, key: unknown): unknown => value({ key, left, right: found });
  const { graceMs } = operator;
  const grace = graceMs === undefined ? {} : { gracePeriodMs: graceMs };
  const joined = { name: operator.id, ...leftSerdes(operator, context), ...grace };
  const left = streamInto(context, 'left');
  const stream = isLeft(operator, 'a stream and a table')
    ? left.leftJoin(right.table, joiner, joined)
    : left.join(right.table, joiner, joined);
  return { is: 'stream', stream };
}

function joinGlobalTable(operator: Join, context: BuildContext, functions: SlotFunctions): Flow {
  const right = context.input('right');
  if (right.is !== 'globalTable') return wrongSide(operator, right, 'a global table');
  const on = functions.required('on');
  const value = functions.required('value');
  const keyMapper = (key: unknown, left: unknown): unknown => on({ key, value: left });
  const joiner = (left: unknown, found: unknown, key: unknown): unknown => value({ key, left, right: found });
  const left = streamInto(context, 'left');
  const name = { name: operator.id };
  const stream: AnyStream = isLeft(operator, 'a stream and a global table')
    ? left.leftJoin(right.table, keyMapper, joiner, name)
    : left.join(right.table, keyMapper, joiner, name);
  return { is: 'stream', stream };
}

function joinStream(operator: Join, context: BuildContext, functions: SlotFunctions): Flow {
  const { window } = operator;
  if (!window)
    throw new SandboxProblem(`The join “${operator.name}” (${operator.id}) of two streams needs a window.`);
  const value = functions.required('value');
  const joiner = (left: unknown, right: unknown, key: unknown): unknown => value({ key, left, right });
  const otherValue = typeSerde(context.design, portValueType(context.design, operator.id, 'right').value);
  const joined = { name: operator.id, ...leftSerdes(operator, context), otherValue };
  const [left, right] = [streamInto(context, 'left'), streamInto(context, 'right')];
  const windows = joinWindows(window);
  switch (operator.type) {
    case 'inner':
      return { is: 'stream', stream: left.join(right, joiner, windows, joined) };
    case 'left':
      return { is: 'stream', stream: left.leftJoin(right, joiner, windows, joined) };
    case 'outer':
      return { is: 'stream', stream: left.outerJoin(right, joiner, windows, joined) };
  }
}

function joinTables(operator: Join, context: BuildContext, functions: SlotFunctions): Flow {
  const [left, right] = tableSides(operator, context);
  const value = functions.required('value');
  const joiner = (ours: unknown, theirs: unknown): unknown => value({ left: ours, right: theirs });
  const options = tableOptions(operator, context);
  switch (operator.type) {
    case 'inner':
      return { is: 'table', table: left.join(right, joiner, options) };
    case 'left':
      return { is: 'table', table: left.leftJoin(right, joiner, options) };
    case 'outer':
      return { is: 'table', table: left.outerJoin(right, joiner, options) };
  }
}

function joinForeignKey(operator: Join, context: BuildContext, functions: SlotFunctions): Flow {
  const [left, right] = tableSides(operator, context);
  const on = functions.required('on');
  const value = functions.required('value');
  const foreignKey = (ours: unknown, key: unknown): unknown => on({ key, value: ours });
  const joiner = (ours: unknown, theirs: unknown): unknown => value({ left: ours, right: theirs });
  const options = tableOptions(operator, context);
  const table = isLeft(operator, 'tables by foreign key')
    ? left.leftJoin(right, foreignKey, joiner, options)
    : left.join(right, foreignKey, joiner, options);
  return { is: 'table', table };
}

function tableSides(operator: Join, context: BuildContext) {
  const [left, right] = [context.input('left'), context.input('right')];
  if (left.is !== 'table') return wrongSide(operator, left, 'a table');
  if (right.is !== 'table') return wrongSide(operator, right, 'a table');
  return [left.table, right.table] as const;
}

/** The result has a store where its rows are looked up. */
function tableOptions(operator: Join, { design, service }: BuildContext) {
  if (!keepsResult(service, operator)) return { name: operator.id };
  const { key, value } = portValueType(design, operator.id, 'out');
  const history = historyRetentionMs(service, operator);
  const materialized = {
    name: operator.id,
    key: typeSerde(design, key),
    value: typeSerde(design, value),
    ...(history === null ? {} : { historyRetentionMs: history }),
  };
  return { name: operator.id, materialized };
}

/** The table's key decides the partition, so the stream is repartitioned with the same bytes. */
function leftSerdes(operator: Join, context: BuildContext) {
  const left = portValueType(context.design, operator.id, 'left');
  return { key: typeSerde(context.design, left.key), value: typeSerde(context.design, left.value) };
}

function isLeft({ type, name, id }: Join, what: string): boolean {
  if (type !== 'outer') return type === 'left';
  throw new SandboxProblem(
    `“${name}” (${id}) is an outer join of ${what}, which Kafka Streams has not; choose left or inner.`,
  );
}

function wrongSide(operator: Join, flow: Flow, wanted: string): never {
  throw new SandboxProblem(
    `A side of “${operator.name}” (${operator.id}) takes ${wanted}, but a ${flow.is} is wired to it.`,
  );
}
