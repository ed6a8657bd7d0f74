import type { Column, Plain } from './column-types.ts';
import type {
  AggregatorSpec,
  JoinerSpec,
  KeyMapperSpec,
  MergerSpec,
  PredicateSpec,
  ReducerSpec,
  ValueMapperSpec,
} from './function-format.ts';
import type { RandomSource } from './random-source.ts';

/** Texts of few letters, so that functions that look for one often find it. */
export const LETTERS = ['a', 'b', 'c'] as const;
const SEPARATORS = ['+', '', '|'] as const;

export function randomPredicate(random: RandomSource, key: Column, value: Column): PredicateSpec {
  const text = random.pick(LETTERS);
  const choices: [PredicateSpec, ...PredicateSpec[]] = [{ fn: 'value-is-null' }, { fn: 'key-is-null' }];
  if (key === 'string') choices.push({ fn: 'key-starts-with', text });
  if (value === 'string') choices.push({ fn: 'value-contains', text }, { fn: 'value-starts-with', text });
  if (value === 'long') choices.push({ fn: 'value-above', number: random.whole(0, 3) });
  return random.chance(0.1) ? { fn: 'always' } : random.pick(choices);
}

export function randomValueMapper(random: RandomSource, value: Column): ValueMapperSpec {
  const choices: [ValueMapperSpec, ...ValueMapperSpec[]] = [
    { fn: 'same' },
    { fn: 'with-key' },
    { fn: 'to-text' },
  ];
  if (value === 'string') {
    choices.push({ fn: 'append', text: 'a' }, { fn: 'upper-case' }, { fn: 'length' });
    choices.push({ fn: 'null-when-contains', text: random.pick(LETTERS) });
  }
  if (value === 'long') choices.push({ fn: 'add', number: random.whole(-2, 3) });
  return random.pick(choices);
}

export function randomKeyMapper(random: RandomSource, key: Column, value: Column): KeyMapperSpec {
  const choices: [KeyMapperSpec, ...KeyMapperSpec[]] = [
    { fn: 'value' },
    { fn: 'constant', text: random.pick(LETTERS) },
  ];
  if (value === 'string') {
    const first: KeyMapperSpec = { fn: 'first-letter-of-value' };
    choices.push(first, first, { fn: 'part-of-value', separator: ' ', index: random.whole(0, 1) });
  }
  if (typeof key !== 'string') choices.push({ fn: 'base-key' }, { fn: 'window-text' });
  else choices.push({ fn: 'same' });
  return random.chance(0.05) ? { fn: 'null' } : random.pick(choices);
}

export function randomJoiner(random: RandomSource, left: Column, right: Column): JoinerSpec {
  const separator = random.pick(SEPARATORS);
  const choices: [JoinerSpec, ...JoinerSpec[]] = [
    { fn: 'concat', separator },
    { fn: 'concat-with-key', separator },
  ];
  if (left === 'string') choices.push({ fn: 'null-when-left-contains', text: random.pick(LETTERS) });
  if (left === 'long' && right === 'long') choices.push({ fn: 'sum' });
  return random.pick(choices);
}

export function randomReducer(random: RandomSource, value: Column): ReducerSpec {
  const choices: [ReducerSpec, ...ReducerSpec[]] = [
    { fn: 'first' },
    { fn: 'last' },
    { fn: 'max' },
    { fn: 'min' },
  ];
  if (value === 'long') choices.push({ fn: 'sum' }, { fn: 'difference' });
  if (value === 'string') {
    choices.push({ fn: 'concat', separator: random.pick(SEPARATORS) }, { fn: 'remove' });
    choices.push({ fn: 'null-when-contains', text: random.pick(LETTERS) });
  }
  return random.pick(choices);
}

export function randomAggregator(random: RandomSource, value: Column, aggregate: Plain): AggregatorSpec {
  const separator = random.pick(SEPARATORS);
  if (aggregate === 'long') {
    const adding: AggregatorSpec = { fn: value === 'long' ? 'sum' : 'add-length' };
    return value === 'long' && random.chance(0.3) ? { fn: 'difference' } : adding;
  }
  const choices: [AggregatorSpec, ...AggregatorSpec[]] = [
    { fn: 'append', separator },
    { fn: 'append-with-key', separator },
    { fn: 'remove' },
  ];
  if (value === 'string') choices.push({ fn: 'null-when-contains', text: random.pick(LETTERS) });
  return random.pick(choices);
}

export function randomMerger(random: RandomSource, aggregate: Plain): MergerSpec {
  return aggregate === 'long' ? { fn: 'sum' } : { fn: 'concat', separator: random.pick(SEPARATORS) };
}
