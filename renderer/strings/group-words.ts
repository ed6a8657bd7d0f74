import type { GroupType } from '#shared/contract/cluster-types.ts';

/** A state in a word for a person; the tone only underlines it. */
export interface StateWord {
  readonly word: string;
  readonly tone: 'plain' | 'ok' | 'warning' | 'error';
  readonly hint: string;
}

const groupStates: Readonly<Record<string, StateWord>> = {
  stable: { word: 'stable', tone: 'ok', hint: 'Every member has its partitions and reads.' },
  empty: { word: 'no members', tone: 'warning', hint: 'It has committed offsets, but nobody reads now.' },
  dead: { word: 'no group', tone: 'plain', hint: 'The cluster has no group of this name now.' },
  preparingrebalance: { word: 'rebalancing', tone: 'warning', hint: 'Members are joining; nobody reads.' },
  completingrebalance: {
    word: 'rebalancing',
    tone: 'warning',
    hint: 'Partitions are being handed out; nobody reads.',
  },
  assigning: { word: 'assigning', tone: 'warning', hint: 'A new assignment is being worked out.' },
  reconciling: { word: 'reconciling', tone: 'warning', hint: 'Members are moving to their new partitions.' },
  notready: { word: 'not ready', tone: 'warning', hint: 'The internal topics are not there yet.' },
};

/** A group's state in a word; one that is not known is shown as the broker spells it. */
export function groupStateWord(state: string): StateWord {
  const known = groupStates[state.toLowerCase().replaceAll(/[^a-z]/g, '')];
  if (known !== undefined) {
    return known;
  }
  const hint = 'The broker tells a state that this version of Millstream does not know.';
  return { word: state === '' ? 'state not told' : state, tone: 'plain', hint };
}

export const groupTypeWords: Readonly<Record<GroupType, string>> = {
  classic: 'classic',
  consumer: 'consumer',
  share: 'share',
  streams: 'streams',
  unknown: 'type not told',
};

export const groupTypeHints: Readonly<Record<GroupType, string>> = {
  classic: 'Speaks the classic group protocol: members join and are told their partitions by a leader.',
  consumer: 'Speaks the consumer group protocol of Kafka 4: the broker hands out the partitions.',
  share: 'A share group: members take records of the same partitions and acknowledge them one by one.',
  streams: 'A streams group: the broker knows the tasks of the topology and hands them out.',
  unknown: 'The broker did not tell what kind of group this is.',
};
