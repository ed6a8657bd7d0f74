import { JoinWindows } from '@millstream/streams';
import type { OperatorOf } from '#shared/design/operators/registry.ts';
import { portValueType } from '#shared/design/queries/port-value-type.ts';
import { type AnyStream, type BuildContext, type Flow, refuse, streamInto } from './build-context.ts';
import { typeSerde } from './design-serdes.ts';
import { SandboxProblem } from './sandbox-problem.ts';
import { operatorFunctions, type SlotFunctions } from './slot-functions.ts';

type Join = OperatorOf<'join'>;

export function addJoin(operator: Join, context: BuildContext): void {
  if (operator.graceMs !== undefined) refuse(operator, 'a versioned table (a stream-table join with grace)');
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
      return refuse(operator, 'a foreign-key join');
  }
}

function joinTable(operator: Join, context: BuildContext, functions: SlotFunctions): Flow {
  const right = context.input('right');
  if (right.is !== 'table') return wrongSide(operator, right, 'a table');
  const value = functions.required('value');
  const joiner = (left: unknown, found: unknown, key: unknown): unknown => value({ key, left, right: found });
  const joined = { name: operator.id, ...leftSerdes(operator, context) };
  const left = streamInto(context, 'left');
  if (operator.type === 'outer')
    refuse(operator, 'an outer join of a stream and a table, which Kafka Streams has not');
  const stream =
    operator.type === 'left'
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
  if (operator.type === 'outer')
    refuse(operator, 'an outer join with a global table, which Kafka Streams has not');
  const stream: AnyStream =
    operator.type === 'left'
      ? left.leftJoin(right.table, keyMapper, joiner, name)
      : left.join(right.table, keyMapper, joiner, name);
  return { is: 'stream', stream };
}

function joinStream(operator: Join, context: BuildContext, functions: SlotFunctions): Flow {
  const { window } = operator;
  if (!window)
    throw new SandboxProblem(`The join “${operator.name}” (${operator.id}) of two streams needs a window.`);
  if (operator.type === 'outer') refuse(operator, 'an outer join of two streams');
  const value = functions.required('value');
  const joiner = (left: unknown, right: unknown, key: unknown): unknown => value({ key, left, right });
  const windows = JoinWindows.ofTimeDifferenceAndGrace(window.beforeMs, window.graceMs)
    .before(window.beforeMs)
    .after(window.afterMs);
  const otherValue = typeSerde(context.design, portValueType(context.design, operator.id, 'right').value);
  const joined = { name: operator.id, ...leftSerdes(operator, context), otherValue };
  const [left, right] = [streamInto(context, 'left'), streamInto(context, 'right')];
  const stream =
    operator.type === 'left'
      ? left.leftJoin(right, joiner, windows, joined)
      : left.join(right, joiner, windows, joined);
  return { is: 'stream', stream };
}

function joinTables(operator: Join, context: BuildContext, functions: SlotFunctions): Flow {
  const [left, right] = [context.input('left'), context.input('right')];
  if (left.is !== 'table') return wrongSide(operator, left, 'a table');
  if (right.is !== 'table') return wrongSide(operator, right, 'a table');
  if (operator.type === 'outer') refuse(operator, 'an outer join of two tables');
  const value = functions.required('value');
  const joiner = (ours: unknown, theirs: unknown): unknown => value({ left: ours, right: theirs });
  const options = { name: operator.id };
  const table =
    operator.type === 'left'
      ? left.table.leftJoin(right.table, joiner, options)
      : left.table.join(right.table, joiner, options);
  return { is: 'table', table };
}

/** The table's key decides the partition, so the stream is repartitioned with the same bytes. */
function leftSerdes(operator: Join, context: BuildContext) {
  const left = portValueType(context.design, operator.id, 'left');
  return { key: typeSerde(context.design, left.key), value: typeSerde(context.design, left.value) };
}

function wrongSide(operator: Join, flow: Flow, wanted: string): never {
  throw new SandboxProblem(
    `The right side of “${operator.name}” (${operator.id}) takes ${wanted}, but a ${flow.is} is wired to it.`,
  );
}
