import type { ProcessorSupplier } from '../src/processor.ts';
import type { Topology } from '../src/topology.ts';
import { addAggregation } from './build-aggregation.ts';
import { addJoin } from './build-join.ts';
import { createStoreBuilder } from './build-store.ts';
import { createSuppressed, suppressName } from './build-suppress.ts';
import type { ResolvedCase, ResolvedStep } from './case-scope.ts';
import { serdeOf } from './column-serdes.ts';
import {
  flatMapper,
  keyMapper,
  predicate,
  timestampExtractor,
  topicChooser,
  valueMapper,
} from './functions.ts';
import type { LooseStream } from './loose-dsl.ts';
import { processorStores } from './processor-stores.ts';
import { createProcessor } from './processors.ts';
import { createTransformer } from './transformers.ts';
import { type ResolvedOf, serdes, storeOptions, Workbench } from './workbench.ts';

/** Builds the topology of a case with `@millstream/streams`. */
export function buildTopology(found: ResolvedCase): Topology {
  const bench = new Workbench();
  for (const step of found.topology) addStep(step, bench);
  return bench.builder.build();
}

function addStep(step: ResolvedStep, bench: Workbench): void {
  switch (step.op) {
    case 'stream':
    case 'table':
    case 'globalTable':
      addSource(step, bench);
      return;
    case 'store':
      bench.builder.addStateStore(createStoreBuilder(step));
      return;
    case 'joinStreams':
    case 'joinTable':
    case 'joinGlobalTable':
    case 'joinTables':
    case 'joinByForeignKey':
      addJoin(step, bench);
      return;
    case 'groupByKey':
    case 'groupBy':
    case 'groupTable':
    case 'cogroup':
    case 'windowedBy':
    case 'count':
    case 'reduce':
    case 'aggregate':
      addAggregation(step, bench);
      return;
    case 'filter':
    case 'filterNot':
    case 'mapValues':
    case 'toTable':
    case 'toStream':
    case 'suppress':
    case 'transformValues':
      addTableStep(step, bench);
      return;
    default:
      addStreamStep(step, bench);
  }
}

function addSource(step: ResolvedOf<'stream' | 'table' | 'globalTable'>, bench: Workbench): void {
  const consumed = { key: serdeOf(step.key), value: serdeOf(step.value) };
  const { builder } = bench;
  if (step.op === 'globalTable') {
    bench.keep(step.as, builder.globalTable(step.topic, { ...consumed, store: step.store }));
    return;
  }
  const timestamps =
    step.timestamps === undefined ? {} : { timestampExtractor: timestampExtractor(step.timestamps) };
  if (step.op === 'stream') {
    bench.keep(step.as, builder.stream(step.topics, { ...consumed, ...timestamps }));
    return;
  }
  const options = {
    ...consumed,
    ...timestamps,
    ...(step.store === undefined ? {} : { store: step.store }),
    ...(step.historyRetention === undefined ? {} : { historyRetentionMs: step.historyRetention }),
  };
  bench.keep(step.as, builder.table(step.topic, options));
}

type TableStep = ResolvedOf<
  'filter' | 'filterNot' | 'mapValues' | 'toTable' | 'toStream' | 'suppress' | 'transformValues'
>;

function addTableStep(step: TableStep, bench: Workbench): void {
  if (step.op === 'toTable') {
    const { key, value } = step.types;
    bench.keep(step.as, bench.stream(step.from).toTable(storeOptions(step, key, value)));
    return;
  }
  const table = bench.table(step.from);
  if (step.op === 'toStream') {
    bench.keep(step.as, step.key === undefined ? table.toStream() : table.toStream(keyMapper(step.key)));
    return;
  }
  if (step.op === 'suppress') {
    bench.keep(step.as, table.suppress(createSuppressed(step), { name: suppressName(step.name) }));
    return;
  }
  const { outKey, outValue } = step.types;
  const { store, historyRetention } = step;
  const options =
    store === undefined
      ? []
      : [{ materialized: storeOptions({ store, historyRetention }, outKey, outValue) }];
  if (step.op === 'transformValues') {
    const { name, transformer } = step;
    const given = { name, stores: processorStores(transformer), ...options[0] };
    bench.keep(
      step.as,
      table.transformValues(() => createTransformer(transformer), given),
    );
    return;
  }
  // Streams and tables have these alike; only a table's may have a store.
  if (step.op === 'mapValues') {
    const mapper = valueMapper(step.with);
    bench.keep(
      step.as,
      table.mapValues((value, key) => mapper(key, value), ...options),
    );
    return;
  }
  const when = predicate(step.when);
  const made = step.op === 'filter' ? table.filter(when, ...options) : table.filterNot(when, ...options);
  bench.keep(step.as, made);
}

type StreamStep = Exclude<
  ResolvedStep,
  { op: 'stream' | 'table' | 'globalTable' | 'store' | TableStep['op'] }
>;

function addStreamStep(step: StreamStep, bench: Workbench): void {
  if (!('from' in step)) return;
  const stream = bench.stream(step.from);
  const { types } = step;
  switch (step.op) {
    case 'map': {
      const key = keyMapper(step.key);
      const value = valueMapper(step.value);
      bench.keep(
        step.as,
        stream.map((k, v) => [key(k, v), value(k, v)]),
      );
      return;
    }
    case 'flatMap': {
      const each = flatMapper(step.each);
      const key = keyMapper(step.key);
      bench.keep(
        step.as,
        stream.flatMap((k, v) => each(k, v).map((one) => [key(k, one), one])),
      );
      return;
    }
    case 'flatMapValues': {
      const each = flatMapper(step.each);
      bench.keep(
        step.as,
        stream.flatMapValues((value, key) => each(key, value)),
      );
      return;
    }
    case 'selectKey':
      bench.keep(step.as, stream.selectKey(keyMapper(step.key)));
      return;
    case 'peek':
      bench.keep(
        step.as,
        stream.peek(() => undefined),
      );
      return;
    case 'branch':
      addBranches(step, stream, bench);
      return;
    case 'merge':
      bench.keep(step.as, stream.merge(bench.stream(step.with)));
      return;
    case 'repartition':
      bench.keep(step.as, stream.repartition({ name: step.name, ...serdes(types.key, types.value) }));
      return;
    case 'to':
    case 'toChosen':
      addSink(step, stream);
      return;
    case 'process':
    case 'processValues':
      addProcessor(step, stream, bench);
      return;
  }
}

function addSink(step: ResolvedOf<'to' | 'toChosen'>, stream: LooseStream): void {
  const options = serdes(step.types.key, step.types.value);
  if (step.op === 'to') {
    stream.to(step.topic, options);
    return;
  }
  const topics = [...step.topic.cases.map((each) => each.topic), step.topic.otherwise];
  stream.to(topicChooser(step.topic), { topics, ...options });
}

function addProcessor(
  step: ResolvedOf<'process' | 'processValues'>,
  stream: LooseStream,
  bench: Workbench,
): void {
  const { outKey, outValue } = step.types;
  const stores = processorStores(step.processor);
  const options = { name: step.name, stores, ...serdes(outKey, outValue) };
  const supplier: ProcessorSupplier = () => createProcessor(step.processor);
  const made =
    step.op === 'process' ? stream.process(supplier, options) : stream.processValues(supplier, options);
  bench.keep(step.as, made);
}

const BRANCH = 'branch-';

function addBranches(step: ResolvedOf<'branch'>, stream: LooseStream, bench: Workbench): void {
  // A name may be a number, and properties that are numbers do not keep their order.
  const branches = Object.fromEntries(
    step.branches.map((branch) => [`${BRANCH}${branch.as}`, predicate(branch.when)]),
  );
  const rest = step.otherwise === undefined ? {} : { defaultBranch: `${BRANCH}${step.otherwise}` };
  const made = stream.split(branches, rest);
  for (const [name, branch] of Object.entries(made)) bench.keep(name.slice(BRANCH.length), branch);
}
