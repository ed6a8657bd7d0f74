import { z } from 'zod';
import {
  aggregatorFormat,
  flatMapperFormat,
  joinerFormat,
  keyMapperFormat,
  mergerFormat,
  predicateFormat,
  processorFormat,
  reducerFormat,
  timestampExtractorFormat,
  topicChooserFormat,
  transformerFormat,
  valueMapperFormat,
} from './function-format.ts';

const name = z
  .string()
  .regex(
    /^(?!\.{1,2}$)[a-zA-Z0-9._-]{1,100}$/,
    'use 1 to 100 letters, digits, dots, dashes and underscores, but not . or ..',
  );
const as = name.describe('The name by which later steps know the result.');
const from = name.describe('The name an earlier step gave its result.');
const topic = name;
const serde = z.enum(['string', 'long']);
const how = z.enum(['inner', 'left']);
const howOuter = z.enum(['inner', 'left', 'outer']);
const ms = z.number().int().min(0);
const store = name.describe('The name of the store.');
const logged = z.boolean().optional();
const stepName = name.describe('The name of the step; its stores and internal topics are named after it.');
const datum = z.union([z.string(), z.number().int(), z.null()], 'use a string, a whole number or null');
const timestamps = timestampExtractorFormat.optional();
const historyRetention = ms
  .optional()
  .describe('Makes the store, which must have a name, versioned and keeps history this long.');

export const windowsFormat = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('tumbling'), size: ms, grace: ms }),
    z.strictObject({ kind: z.literal('hopping'), size: ms, advance: ms, grace: ms }),
    z.strictObject({ kind: z.literal('sliding'), difference: ms, grace: ms }),
    z.strictObject({ kind: z.literal('session'), gap: ms, grace: ms }),
  ])
  .meta({ id: 'windows', description: 'Windows of an aggregation; all times in milliseconds.' });

const step = <O extends string, S extends z.ZodRawShape>(op: O, shape: S) =>
  z.strictObject({ op: z.literal(op), ...shape });

const sources = [
  step('stream', {
    as,
    topics: z.array(topic).min(1),
    key: serde,
    value: serde,
    timestamps,
  }),
  step('table', {
    as,
    topic,
    key: serde,
    value: serde,
    store: store.optional(),
    historyRetention,
    timestamps,
  }),
  step('globalTable', { as, topic, key: serde, value: serde, store }),
  step('store', {
    store,
    kind: z.enum([
      'key-value',
      'timestamped-key-value',
      'window',
      'timestamped-window',
      'session',
      'versioned',
    ]),
    key: serde,
    value: serde,
    logged,
    size: ms.optional().describe('Window stores: the length of a window.'),
    retention: ms.optional().describe('Window, session and versioned stores: how long is kept.'),
    duplicates: z.boolean().optional().describe('Window stores: several values per key and time.'),
  }),
] as const;

const stateless = [
  step('filter', { from, as, when: predicateFormat, store: store.optional(), historyRetention }),
  step('filterNot', { from, as, when: predicateFormat, store: store.optional(), historyRetention }),
  step('map', { from, as, key: keyMapperFormat, value: valueMapperFormat }),
  step('mapValues', { from, as, with: valueMapperFormat, store: store.optional(), historyRetention }),
  step('flatMap', { from, as, each: flatMapperFormat, key: keyMapperFormat }),
  step('flatMapValues', { from, as, each: flatMapperFormat }),
  step('selectKey', { from, as, key: keyMapperFormat }),
  step('peek', { from, as }),
  step('branch', {
    from,
    branches: z.array(z.strictObject({ as, when: predicateFormat })).min(1),
    otherwise: as.optional(),
  }),
  step('merge', { from, with: from, as }),
  step('repartition', { from, as, name: stepName }),
  step('to', { from, topic }),
  step('toChosen', { from, topic: topicChooserFormat }),
  step('process', { from, as, name: stepName, processor: processorFormat }),
  step('processValues', { from, as, name: stepName, processor: processorFormat }),
] as const;

const joins = [
  step('joinStreams', {
    how: howOuter,
    from,
    with: from,
    as,
    name: stepName,
    joiner: joinerFormat,
    windows: z.strictObject({ before: z.number().int(), after: z.number().int(), grace: ms }),
  }),
  step('joinTable', {
    how,
    from,
    with: from,
    as,
    name: stepName,
    joiner: joinerFormat,
    grace: ms.optional().describe('Buffers the stream this long; the table must be versioned.'),
  }),
  step('joinGlobalTable', { how, from, with: from, as, key: keyMapperFormat, joiner: joinerFormat }),
  step('joinTables', {
    how: howOuter,
    from,
    with: from,
    as,
    name: stepName,
    joiner: joinerFormat,
    store: store.optional(),
    historyRetention,
  }),
  step('joinByForeignKey', {
    how,
    from,
    with: from,
    as,
    name: stepName,
    foreignKey: keyMapperFormat,
    joiner: joinerFormat,
    store: store.optional(),
    historyRetention,
  }),
] as const;

const aggregations = [
  step('groupByKey', { from, as, name: stepName.optional() }),
  step('groupBy', { from, as, key: keyMapperFormat, name: stepName }),
  step('groupTable', { from, as, key: keyMapperFormat, value: valueMapperFormat, name: stepName }),
  step('cogroup', { from, with: from.optional(), as, add: aggregatorFormat }),
  step('windowedBy', {
    from,
    as,
    windows: windowsFormat,
    emit: z.enum(['on-window-update', 'on-window-close']).optional(),
  }),
  step('count', { from, as, store, retention: ms.optional(), historyRetention, logged }),
  step('reduce', {
    from,
    as,
    with: reducerFormat,
    subtract: reducerFormat.optional(),
    store,
    retention: ms.optional(),
    historyRetention,
    logged,
  }),
  step('aggregate', {
    from,
    as,
    initial: datum,
    add: aggregatorFormat.optional(),
    subtract: aggregatorFormat.optional(),
    merge: mergerFormat.optional(),
    value: serde.describe('The type of the aggregate.'),
    store,
    retention: ms.optional(),
    historyRetention,
    logged,
  }),
] as const;

const tables = [
  step('toTable', { from, as, store, historyRetention }),
  step('toStream', { from, as, key: keyMapperFormat.optional() }),
  step('transformValues', {
    from,
    as,
    name: stepName,
    transformer: transformerFormat,
    store: store.optional(),
    historyRetention,
  }),
  step('suppress', {
    from,
    as,
    name: stepName,
    until: z.union([z.literal('window-closes'), ms], 'use "window-closes" or milliseconds'),
    maxRecords: z.number().int().min(1).optional(),
    maxBytes: z.number().int().min(1).optional(),
    whenFull: z.enum(['emit', 'shut-down']).optional(),
  }),
] as const;

export const stepFormat = z
  .discriminatedUnion('op', [...sources, ...stateless, ...joins, ...aggregations, ...tables])
  .meta({ id: 'step', description: 'One step of the topology.' });

export const inputFormat = z
  .union([
    z.strictObject({
      topic,
      key: datum,
      value: datum,
      at: z.number().int().min(0).describe('The timestamp, in milliseconds.'),
      headers: z
        .array(z.tuple([z.string(), z.union([z.string(), z.null()])]))
        .optional()
        .describe('Names and values, in order; a name may come several times.'),
    }),
    z.strictObject({ advance: ms.describe('Moves the wall clock by so many milliseconds.') }),
  ])
  .meta({ id: 'input', description: 'A record that is piped in, or a step of the wall clock.' });

export const caseFormat = z
  .strictObject({
    $schema: z.string().optional(),
    name: z.string().min(1),
    covers: z
      .string()
      .min(1)
      .default('a case of its own')
      .describe('The line of the checklist that the case is about; cases kept here have one.'),
    clock: ms.optional().describe('Where the wall clock begins; 0 when not given.'),
    emitInterval: ms
      .optional()
      .describe('How often, by wall clock, closed windows and unmatched records are looked for; default 0.'),
    topology: z
      .array(stepFormat)
      .min(1)
      .max(500)
      .describe('Steps call each other, and the stack of neither side takes thousands.'),
    input: z.array(inputFormat),
  })
  .meta({
    title: 'Conformance case',
    description: 'A topology and its input, for Kafka Streams and @millstream/streams alike.',
  });

export type Step = z.infer<typeof stepFormat>;
export type StepOp = Step['op'];
export type StepOf<O extends StepOp> = Extract<Step, { op: O }>;
export type Input = z.infer<typeof inputFormat>;
export type ConformanceCase = z.infer<typeof caseFormat>;
export type WindowsSpec = z.infer<typeof windowsFormat>;
export type Datum = z.infer<typeof datum>;

/** The published schema of a case file. */
export function caseSchema(): unknown {
  return z.toJSONSchema(caseFormat, { target: 'draft-2020-12', io: 'input' });
}
