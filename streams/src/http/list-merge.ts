import type { Instance } from '../kafka/store-parts.ts';
import type { Freshness } from './freshness.ts';
import type { ListedEntry } from './read-part.ts';
import { UnavailableError } from './unavailable.ts';

interface EntryList {
  readonly entries: readonly ListedEntry[];
  /** There are more behind these. */
  readonly more: boolean;
}

/** What one instance lists of the partitions it was asked for. */
export interface ListPart extends Freshness, EntryList {}

/** The first entries of all lists, in order. */
export function mergeLists(lists: readonly EntryList[], limit: number): EntryList {
  const all = lists.flatMap(({ entries }) => entries).sort(bySort);
  return { entries: all.slice(0, limit), more: all.length > limit || lists.some(({ more }) => more) };
}

/**
 * Asks each instance once for all partitions it is the first candidate of; what fails is asked of the
 * next candidates. Throws `UnavailableError` when a partition has none left.
 */
export async function collectLists(
  store: string,
  candidates: ReadonlyMap<number, readonly Instance[]>,
  ask: (instance: Instance, partitions: readonly number[]) => Promise<ListPart>,
): Promise<ListPart[]> {
  const groups = new Map<string, { readonly instance: Instance; readonly partitions: number[] }>();
  for (const [partition, [instance]] of candidates) {
    if (instance === undefined)
      throw new UnavailableError(`Partition ${partition} of the store "${store}" is being moved`);
    const name = instance.here ? 'here' : String(instance.endpoint);
    const group = groups.get(name) ?? { instance, partitions: [] };
    groups.set(name, group);
    group.partitions.push(partition);
  }
  const parts = await Promise.all(
    [...groups.values()].map(async ({ instance, partitions }) => {
      try {
        return [await ask(instance, partitions)];
      } catch (error) {
        if (!(error instanceof UnavailableError)) throw error;
        const next = new Map(partitions.map((each) => [each, candidates.get(each)?.slice(1) ?? []]));
        if ([...next.values()].some(({ length }) => length === 0)) throw error;
        return collectLists(store, next, ask);
      }
    }),
  );
  return parts.flat();
}

function bySort(left: ListedEntry, right: ListedEntry): number {
  return left.sort < right.sort ? -1 : left.sort > right.sort ? 1 : 0;
}
