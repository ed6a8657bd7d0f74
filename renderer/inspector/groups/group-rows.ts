import type { GroupListing } from '#shared/contract/cluster-types.ts';
import type { OverlayGroup } from '#shared/contract/inspect.ts';
import { groupStateWord } from '../../strings/group-words.ts';

export const groupOrders = ['name', 'state', 'lag', 'behind', 'members'] as const;
export type GroupOrder = (typeof groupOrders)[number];

export interface GroupRowsRequest {
  readonly words: string;
  readonly order: GroupOrder;
  readonly figures: ReadonlyMap<string, OverlayGroup>;
}

/** The groups that have all the words, in the order asked for; equals stand by name. */
export function groupRows(
  groups: readonly GroupListing[],
  { words, order, figures }: GroupRowsRequest,
): readonly GroupListing[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const found = groups.filter((group) => wanted.every((word) => group.id.toLowerCase().includes(word)));
  if (order === 'name') {
    return found;
  }
  const weigh = weights[order];
  const weightOf = new Map(found.map((group) => [group, weigh(group, figures.get(group.id))]));
  return found.toSorted((a, b) => (weightOf.get(b) ?? -1) - (weightOf.get(a) ?? -1));
}

/** How far behind a group is: the worst of its topics; null when nothing is known. */
export function groupBehindMs(figure: OverlayGroup | undefined): number | null {
  const known = (figure?.topics ?? []).flatMap(({ lagMs }) => lagMs ?? []);
  return known.length === 0 ? null : Math.max(...known);
}

const toneWeights = { error: 3, warning: 2, plain: 1, ok: 0 } as const;

const weights: Readonly<
  Record<Exclude<GroupOrder, 'name'>, (group: GroupListing, figure: OverlayGroup | undefined) => number>
> = {
  state: (group) => toneWeights[groupStateWord(group.state).tone],
  lag: (_, figure) => figure?.lag ?? -1,
  behind: (_, figure) => groupBehindMs(figure) ?? -1,
  members: (_, figure) => figure?.members ?? -1,
};

/** Whether an order needs the figures of every row, which are asked for only of what is on screen otherwise. */
export function needsFigures(order: GroupOrder): boolean {
  return order === 'lag' || order === 'behind' || order === 'members';
}
