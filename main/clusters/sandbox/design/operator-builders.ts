import { gather, type Windowed } from '@millstream/streams';
import type { OperatorKind, OperatorOf } from '#shared/design/operators/registry.ts';
import { gatherCount } from '#shared/design/queries/gather-count.ts';
import { portValueType } from '#shared/design/queries/port-value-type.ts';
import { historyRetentionMs } from '#shared/design/queries/table-rows.ts';
import { wiresInto } from '#shared/design/queries/wires.ts';
import { addAggregate } from './aggregate-builder.ts';
import { type AnyStream, type BuildContext, type Flow, refuse, streamInto } from './build-context.ts';
import { topicSerdes, typeSerde } from './design-serdes.ts';
import { addJoin } from './join-builder.ts';
import { SandboxProblem } from './sandbox-problem.ts';
import { operatorFunctions } from './slot-functions.ts';

/** A wait without a time-out: ten years, longer than any sandbox runs. */
const noTimeoutMs = 10 * 365 * 86_400_000;

type Builder<K extends OperatorKind> = (operator: OperatorOf<K>, context: BuildContext) => void;

/** Adds an operator to the topology of its service. */
export function addOperator<K extends OperatorKind>(operator: OperatorOf<K>, context: BuildContext): void {
  const build: Builder<K> = builders[operator.kind as K];
  build(operator, context);
}

const builders: { readonly [K in OperatorKind]: Builder<K> } = {
  stream: (operator, context) => {
    context.give('out', readStream(operator, context));
  },
  table: (operator, context) => {
    context.give('out', readTable(operator, context));
  },
  globalTable: (operator, context) => {
    const topic = context.topic(operator.topic);
    const options = { ...topicSerdes(context.design, topic), name: operator.id, store: operator.id };
    const flow = context.once(topic, 'globalTable', () => ({
      is: 'globalTable',
      table: context.builder.globalTable(topic.name, options),
    }));
    context.give('out', flow);
  },
  filter: (operator, context) => {
    const condition = operatorFunctions(context.design, operator).required('condition');
    const stream = streamInto(context, 'in').filter((key, value) => condition({ key, value }) === true, {
      name: operator.id,
    });
    context.give('out', { is: 'stream', stream });
  },
  map: (operator, context) => {
    const functions = operatorFunctions(context.design, operator);
    const value = functions.required('value');
    const newKey = functions.optional('key');
    const input = streamInto(context, 'in');
    const name = { name: operator.id };
    const stream = newKey
      ? input.map((key, old) => [newKey({ key, value: old }), value({ key, value: old })] as const, name)
      : input.mapValues((old, key) => value({ key, value: old }), name);
    context.give('out', { is: 'stream', stream: stream as AnyStream });
  },
  flatMap: (operator, context) => {
    const values = operatorFunctions(context.design, operator).required('values');
    const stream = streamInto(context, 'in').flatMapValues(
      (value, key) => values({ key, value }) as readonly unknown[],
      { name: operator.id },
    );
    context.give('out', { is: 'stream', stream });
  },
  selectKey: (operator, context) => {
    const newKey = operatorFunctions(context.design, operator).required('key');
    const stream = streamInto(context, 'in').selectKey((key, value) => newKey({ key, value }), {
      name: operator.id,
    });
    context.give('out', { is: 'stream', stream: stream as AnyStream });
  },
  branch: (operator, context) => {
    const functions = operatorFunctions(context.design, operator);
    const conditions = operator.branches.map((branch, index) => {
      const condition = functions.required(`branches[${index}].condition`);
      return [branch.id, (key: unknown, value: unknown) => condition({ key, value }) === true] as const;
    });
    const streams = streamInto(context, 'in').split(Object.fromEntries(conditions), {
      name: operator.id,
      defaultBranch: 'otherwise',
    });
    for (const [port, stream] of Object.entries(streams)) context.give(port, { is: 'stream', stream });
  },
  merge: (operator, context) => {
    const [first, ...rest] = context
      .inputs('in')
      .flatMap((flow) => (flow.is === 'stream' ? [flow.stream] : []));
    if (first === undefined)
      throw new SandboxProblem(`Nothing is wired to “${operator.name}” (${operator.id}).`);
    const stream = rest.reduce(
      (all, next, index) => all.merge(next, { name: index === 0 ? operator.id : `${operator.id}-${index}` }),
      first,
    );
    context.give('out', { is: 'stream', stream });
  },
  repartition: (operator, context) => {
    const type = portValueType(context.design, operator.id, 'in');
    const stream = streamInto(context, 'in').repartition({
      name: operator.id,
      key: typeSerde(context.design, type.key),
      value: typeSerde(context.design, type.value),
      ...(operator.partitions === undefined ? {} : { partitions: operator.partitions }),
    });
    context.give('out', { is: 'stream', stream });
  },
  toStream: (operator, context) => {
    const flow = context.input('in');
    const key = operatorFunctions(context.design, operator).optional('key');
    const name = { name: operator.id };
    if (flow.is === 'windowedTable') {
      const stream = flow.table.toStream((windowed, value) => {
        const { key: base, window } = windowed as Windowed<unknown>;
        return key ? key({ key: base, value, window }) : base;
      }, name);
      context.give('out', { is: 'stream', stream });
    } else if (flow.is === 'table') {
      const stream = key
        ? flow.table.toStream((old, value) => key({ key: old, value }), name)
        : flow.table.toStream(name);
      context.give('out', { is: 'stream', stream: stream as AnyStream });
    } else {
      throw new SandboxProblem(
        `“${operator.name}” (${operator.id}) takes a table, but a ${flow.is} is wired to it.`,
      );
    }
  },
  join: addJoin,
  aggregate: addAggregate,
  gather: (operator, context) => {
    const { design } = context;
    const functions = operatorFunctions(design, operator);
    const itemId = functions.required('itemId');
    const until = functions.optional('until');
    const result = functions.required('value');
    const start = portValueType(design, operator.id, 'start');
    const item = portValueType(design, operator.id, 'items');
    const stream = gather(streamInto(context, 'start'), streamInto(context, 'items'), {
      name: operator.store,
      key: typeSerde(design, start.key),
      start: typeSerde(design, start.value),
      item: typeSerde(design, item.value),
      count: operator.count === 'emitters' ? Math.max(1, gatherCount(design, operator)) : operator.count,
      timeoutMs: operator.timeoutMs ?? noTimeoutMs,
      itemId: (each) => String(itemId({ item: each })),
      ...(until ? { until: (items: readonly unknown[]) => until({ items }) === true } : {}),
      result: (gathered) => result({ ...gathered }) as unknown,
    });
    context.give('out', { is: 'stream', stream });
  },
  sink: (operator, context) => {
    const input = streamInto(context, 'in');
    const route = operatorFunctions(context.design, operator).optional('route');
    if (route === null) {
      const topic = context.topic(operator.topic);
      input.to(topic.name, { ...topicSerdes(context.design, topic), name: operator.id });
      return;
    }
    const routes = (operator.routes ?? []).map((id) => context.topic(id));
    const [first] = routes;
    if (first === undefined)
      throw new SandboxProblem(`“${operator.name}” (${operator.id}) routes to no topic.`);
    input.to((key, value) => String(route({ key, value })), {
      ...topicSerdes(context.design, first),
      name: operator.id,
      topics: routes.map((topic) => topic.name),
    });
  },
  deadLetter: (operator, context) => {
    const topic = context.topic(operator.topic);
    for (const [index, { from }] of wiresInto(context.design, operator.id, 'in').entries()) {
      const type = portValueType(context.design, from.operator, from.port);
      const flow = context.inputs('in')[index];
      if (flow?.is !== 'stream') continue;
      flow.stream.to(topic.name, {
        key: typeSerde(context.design, type.key),
        value: typeSerde(context.design, type.value),
        name: index === 0 ? operator.id : `${operator.id}-${index + 1}`,
      });
    }
  },
  sideEffect: (operator, context) => {
    const stream = streamInto(context, 'in').peek(
      (key, value) => context.onSideEffect({ operator: operator.id, key, value }),
      { name: operator.id },
    );
    context.give('out', { is: 'stream', stream });
  },
  httpWrite: (operator, context) => {
    context.topic(operator.topic);
  },
  httpQuery: (_operator, context) => {
    context.input('in');
  },
  connectorSource: (operator) => refuse(operator, 'Kafka Connect'),
  connectorSink: (operator) => refuse(operator, 'Kafka Connect'),
};

function readStream(operator: OperatorOf<'stream'>, context: BuildContext): Flow & { is: 'stream' } {
  const topic = context.topic(operator.topic);
  return context.once(topic, 'stream', () => ({
    is: 'stream',
    stream: context.builder.stream(topic.name, { ...topicSerdes(context.design, topic), name: operator.id }),
  }));
}

/** A topic has one source: where the service also reads it as a stream, the table is made of that stream. */
function readTable(operator: OperatorOf<'table'>, context: BuildContext): Flow {
  const topic = context.topic(operator.topic);
  const history = historyRetentionMs(context.service, operator);
  const options = {
    ...topicSerdes(context.design, topic),
    ...(history === null ? {} : { historyRetentionMs: history }),
    name: operator.id,
  };
  const asStream = context.service.operators.find(
    (each) => each.kind === 'stream' && each.topic === operator.topic,
  );
  return context.once(topic, 'table', () => ({
    is: 'table',
    table:
      asStream?.kind === 'stream'
        ? readStream(asStream, context).stream.toTable(options)
        : context.builder.table(topic.name, { ...options, store: operator.id }),
  }));
}
