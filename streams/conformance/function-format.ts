import { z } from 'zod';

/*
 * The named functions of a case. Both interpreters implement them alike over strings, longs and null;
 * README.md says what each does with null.
 */

const text = z.string();
const whole = z.number().int();

export const predicateFormat = z
  .discriminatedUnion('fn', [
    z.strictObject({ fn: z.literal('always') }),
    z.strictObject({ fn: z.literal('never') }),
    z.strictObject({ fn: z.literal('key-is-null') }),
    z.strictObject({ fn: z.literal('value-is-null') }),
    z.strictObject({ fn: z.literal('key-starts-with'), text }),
    z.strictObject({ fn: z.literal('value-starts-with'), text }),
    z.strictObject({ fn: z.literal('value-contains'), text }),
    z.strictObject({ fn: z.literal('value-above'), number: whole }),
  ])
  .meta({ id: 'predicate', description: 'A yes or no about a key and a value.' });

export const valueMapperFormat = z
  .discriminatedUnion('fn', [
    z.strictObject({ fn: z.literal('same') }),
    z.strictObject({ fn: z.literal('append'), text }),
    z.strictObject({ fn: z.literal('with-key') }),
    z.strictObject({ fn: z.literal('upper-case') }),
    z.strictObject({ fn: z.literal('length') }),
    z.strictObject({ fn: z.literal('to-text') }),
    z.strictObject({ fn: z.literal('add'), number: whole }),
    z.strictObject({ fn: z.literal('constant'), text }),
    z.strictObject({ fn: z.literal('null-when-contains'), text }),
  ])
  .meta({ id: 'valueMapper', description: 'Makes a value from a key and a value.' });

export const keyMapperFormat = z
  .discriminatedUnion('fn', [
    z.strictObject({ fn: z.literal('same') }),
    z.strictObject({ fn: z.literal('value') }),
    z.strictObject({ fn: z.literal('first-letter-of-value') }),
    z.strictObject({
      fn: z.literal('part-of-value'),
      separator: z.string().min(1),
      index: whole.min(0).max(1000),
    }),
    z.strictObject({ fn: z.literal('constant'), text }),
    z.strictObject({ fn: z.literal('null') }),
    z.strictObject({ fn: z.literal('base-key') }),
    z.strictObject({ fn: z.literal('window-text') }),
  ])
  .meta({ id: 'keyMapper', description: 'Makes a key from a key and a value.' });

export const flatMapperFormat = z
  .discriminatedUnion('fn', [
    z.strictObject({ fn: z.literal('words') }),
    z.strictObject({ fn: z.literal('repeat'), times: whole.min(0).max(10) }),
  ])
  .meta({ id: 'flatMapper', description: 'Makes any number of values from one.' });

export const joinerFormat = z
  .discriminatedUnion('fn', [
    z.strictObject({ fn: z.literal('concat'), separator: text }),
    z.strictObject({ fn: z.literal('concat-with-key'), separator: text }),
    z.strictObject({ fn: z.literal('null-when-left-contains'), text }),
    z.strictObject({ fn: z.literal('sum') }),
  ])
  .meta({ id: 'joiner', description: 'Makes a value from the two sides of a join.' });

export const reducerFormat = z
  .discriminatedUnion('fn', [
    z.strictObject({ fn: z.literal('concat'), separator: text }),
    z.strictObject({ fn: z.literal('first') }),
    z.strictObject({ fn: z.literal('last') }),
    z.strictObject({ fn: z.literal('max') }),
    z.strictObject({ fn: z.literal('min') }),
    z.strictObject({ fn: z.literal('sum') }),
    z.strictObject({ fn: z.literal('difference') }),
    z.strictObject({ fn: z.literal('remove') }),
    z.strictObject({ fn: z.literal('null-when-contains'), text }),
  ])
  .meta({ id: 'reducer', description: 'Makes an aggregate from an aggregate and a value of the same type.' });

export const aggregatorFormat = z
  .discriminatedUnion('fn', [
    z.strictObject({ fn: z.literal('append'), separator: text }),
    z.strictObject({ fn: z.literal('append-with-key'), separator: text }),
    z.strictObject({ fn: z.literal('remove') }),
    z.strictObject({ fn: z.literal('sum') }),
    z.strictObject({ fn: z.literal('difference') }),
    z.strictObject({ fn: z.literal('add-length') }),
    z.strictObject({ fn: z.literal('null-when-contains'), text }),
  ])
  .meta({
    id: 'aggregator',
    description: 'Makes an aggregate from a key, a value and the aggregate so far.',
  });

export const mergerFormat = z
  .discriminatedUnion('fn', [
    z.strictObject({ fn: z.literal('concat'), separator: text }),
    z.strictObject({ fn: z.literal('sum') }),
  ])
  .meta({ id: 'merger', description: 'Makes one aggregate from those of two sessions.' });

export const topicChooserFormat = z
  .strictObject({
    fn: z.literal('by-value'),
    cases: z.array(z.strictObject({ startsWith: text, topic: text })),
    otherwise: text,
  })
  .meta({ id: 'topicChooser', description: 'The first topic whose text the value starts with.' });

export const timestampExtractorFormat = z
  .discriminatedUnion('fn', [
    z.strictObject({ fn: z.literal('record') }),
    z.strictObject({ fn: z.literal('from-value') }),
    z.strictObject({ fn: z.literal('partition-time') }),
  ])
  .meta({ id: 'timestampExtractor', description: 'Where a record takes its timestamp from.' });

const every = whole.min(1).describe('Milliseconds between two punctuations.');
const time = z.enum(['stream-time', 'wall-clock-time']);
const store = text.describe('Name of a store that an earlier "store" step adds.');

export const processorFormat = z
  .discriminatedUnion('fn', [
    z.strictObject({ fn: z.literal('count'), store }),
    z.strictObject({ fn: z.literal('drop-repeated'), store }),
    z.strictObject({ fn: z.literal('collect'), store, every, time, clear: z.boolean().optional() }),
    z.strictObject({ fn: z.literal('tick'), every, time, times: whole.min(1).optional() }),
    z.strictObject({ fn: z.literal('scan'), store, reverse: z.boolean().optional() }),
    z.strictObject({ fn: z.literal('put-if-absent'), store }),
    z.strictObject({ fn: z.literal('timestamped-put'), store }),
    z.strictObject({ fn: z.literal('window-put'), store, before: whole.min(0) }),
    z.strictObject({ fn: z.literal('timestamped-window-put'), store, before: whole.min(0) }),
    z.strictObject({ fn: z.literal('session-put'), store, gap: whole.min(0) }),
    z.strictObject({ fn: z.literal('versioned-put'), store, ago: whole.min(0) }),
    z.strictObject({ fn: z.literal('times') }),
    z.strictObject({ fn: z.literal('add-header'), name: text, text }),
    z.strictObject({ fn: z.literal('remove-headers') }),
    z.strictObject({ fn: z.literal('swap') }),
    z.strictObject({ fn: z.literal('shift-timestamp'), by: whole }),
    z.strictObject({ fn: z.literal('fail-when-contains'), text }),
  ])
  .meta({ id: 'processor', description: 'A processor of its own, with stores or punctuations.' });

export const transformerFormat = z
  .discriminatedUnion('fn', [
    z.strictObject({ fn: z.literal('number'), store }),
    z.strictObject({ fn: z.literal('with-time') }),
    z.strictObject({ fn: z.literal('fill'), text }),
  ])
  .meta({ id: 'transformer', description: 'Makes the values of a table; it is told deletions, too.' });

export type PredicateSpec = z.infer<typeof predicateFormat>;
export type ValueMapperSpec = z.infer<typeof valueMapperFormat>;
export type KeyMapperSpec = z.infer<typeof keyMapperFormat>;
export type FlatMapperSpec = z.infer<typeof flatMapperFormat>;
export type JoinerSpec = z.infer<typeof joinerFormat>;
export type ReducerSpec = z.infer<typeof reducerFormat>;
export type AggregatorSpec = z.infer<typeof aggregatorFormat>;
export type MergerSpec = z.infer<typeof mergerFormat>;
export type TopicChooserSpec = z.infer<typeof topicChooserFormat>;
export type TimestampExtractorSpec = z.infer<typeof timestampExtractorFormat>;
export type ProcessorSpec = z.infer<typeof processorFormat>;
export type TransformerSpec = z.infer<typeof transformerFormat>;
