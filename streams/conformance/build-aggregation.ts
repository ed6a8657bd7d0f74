import { SessionWindows } from '../src/session-windows.ts';
import { SlidingWindows } from '../src/sliding-windows.ts';
import { TimeWindows } from '../src/windows.ts';
import type { WindowsSpec } from './case-format.ts';
import { aggregator, keyMapper, merger, reducer, valueMapper } from './functions.ts';
import type { Options } from './loose-dsl.ts';
import { type ResolvedOf, serdes, storeOptions, type Workbench } from './workbench.ts';

type AggregationStep = ResolvedOf<
  'groupByKey' | 'groupBy' | 'groupTable' | 'cogroup' | 'windowedBy' | 'count' | 'reduce' | 'aggregate'
>;

/** Adds a grouping, windows or an aggregation. */
export function addAggregation(step: AggregationStep, bench: Workbench): void {
  const { types } = step;
  switch (step.op) {
    case 'groupByKey': {
      const name = step.name === undefined ? {} : { name: step.name };
      bench.keep(step.as, bench.stream(step.from).groupByKey({ ...name, ...serdes(types.key, types.value) }));
      return;
    }
    case 'groupBy': {
      const grouped = { name: step.name, ...serdes(types.outKey, types.outValue) };
      bench.keep(step.as, bench.stream(step.from).groupBy(keyMapper(step.key), grouped));
      return;
    }
    case 'groupTable': {
      const key = keyMapper(step.key);
      const value = valueMapper(step.value);
      const grouped = { name: step.name, ...serdes(types.outKey, types.outValue) };
      bench.keep(
        step.as,
        bench.table(step.from).groupBy((k, v) => [key(k, v), value(k, v)], grouped),
      );
      return;
    }
    case 'cogroup': {
      const source = bench.grouped(step.from);
      const add = aggregator(step.add);
      const made =
        step.with === undefined ? source.cogroup(add) : source.cogroup(bench.grouped(step.with), add);
      bench.keep(step.as, made);
      return;
    }
    case 'windowedBy': {
      const made = bench.grouped(step.from).windowedBy(windows(step.windows));
      bench.keep(step.as, step.emit === undefined ? made : made.emitStrategy(step.emit));
      return;
    }
    case 'count':
      bench.keep(step.as, bench.grouped(step.from).count(store(step)));
      return;
    case 'reduce': {
      const subtract = step.subtract === undefined ? [] : [reducer(step.subtract)];
      bench.keep(step.as, bench.grouped(step.from).reduce(reducer(step.with), ...subtract, store(step)));
      return;
    }
    case 'aggregate':
      aggregate(step, bench);
      return;
  }
}

function aggregate(step: ResolvedOf<'aggregate'>, bench: Workbench): void {
  const functions = [
    ...(step.add === undefined ? [] : [aggregator(step.add)]),
    ...(step.subtract === undefined ? [] : [aggregator(step.subtract)]),
    ...(step.merge === undefined ? [] : [merger(step.merge)]),
  ];
  const made = bench.grouped(step.from).aggregate(() => step.initial, ...functions, store(step));
  bench.keep(step.as, made);
}

function windows(spec: WindowsSpec): TimeWindows | SlidingWindows | SessionWindows {
  switch (spec.kind) {
    case 'tumbling':
      return TimeWindows.ofSizeAndGrace(spec.size, spec.grace);
    case 'hopping':
      return TimeWindows.ofSizeAndGrace(spec.size, spec.grace).advanceBy(spec.advance);
    case 'sliding':
      return SlidingWindows.ofTimeDifferenceAndGrace(spec.difference, spec.grace);
    case 'session':
      return SessionWindows.ofInactivityGapAndGrace(spec.gap, spec.grace);
  }
}

function store(step: ResolvedOf<'count' | 'reduce' | 'aggregate'>): Options {
  const { key, outValue } = step.types;
  return {
    ...storeOptions(step, key, outValue),
    ...(step.retention === undefined ? {} : { retentionMs: step.retention }),
    ...(step.logged === undefined ? {} : { logged: step.logged }),
  };
}
