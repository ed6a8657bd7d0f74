import { expect, test } from 'vitest';
import type { GroupListing } from '#shared/contract/cluster-types.ts';
import type { OverlayGroup } from '#shared/contract/inspect.ts';
import { groupBehindMs, groupRows } from './group-rows.ts';

function group(id: string, state = 'Stable'): GroupListing {
  return { id, type: 'classic', state, protocolType: 'consumer' };
}

function figure(id: string, lag: number | null, ages: readonly (number | null)[]): OverlayGroup {
  const topics = ages.map((lagMs, index) => ({ topic: `t${index}`, lag: 1, lagMs, rate: null }));
  return { id, type: 'classic', state: 'Stable', members: 1, lag, topics };
}

test('the furthest behind comes first, and what is not known last', () => {
  const figures = new Map([
    ['a', figure('a', 500, [1_000])],
    ['b', figure('b', 2, [9_000, null])],
  ]);
  const groups = [group('a'), group('b'), group('c')];
  const ids = (order: 'lag' | 'behind') =>
    groupRows(groups, { words: '', order, figures }).map(({ id }) => id);
  expect(ids('lag')).toEqual(['a', 'b', 'c']);
  expect(ids('behind')).toEqual(['b', 'a', 'c']);
});

test('groups that are not well come first when ordered by state', () => {
  const groups = [group('a'), group('b', 'Empty'), group('c', 'Dead')];
  const found = groupRows(groups, { words: '', order: 'state', figures: new Map() });
  expect(found.map(({ id }) => id)).toEqual(['b', 'c', 'a']);
});

test('a group is as far behind as the worst of its topics', () => {
  expect(groupBehindMs(figure('a', 1, [3, null, 7]))).toBe(7);
  expect(groupBehindMs(figure('a', null, [null]))).toBeNull();
  expect(groupBehindMs(undefined)).toBeNull();
});
