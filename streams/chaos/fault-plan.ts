import type { Random } from './random.ts';

/** What can be broken. */
export type FaultKind =
  | 'kill-instance'
  | 'freeze-instance'
  | 'restart-instance'
  | 'scale'
  | 'kill-broker'
  | 'stop-broker'
  | 'freeze-broker';

/** How often each kind comes in one round; every round is shuffled anew. */
const ROUND: Readonly<Record<FaultKind, number>> = {
  'kill-instance': 3,
  'freeze-instance': 2,
  'restart-instance': 1,
  scale: 2,
  'kill-broker': 2,
  'stop-broker': 1,
  'freeze-broker': 1,
};

/** As many faults as asked, all kinds mixed; a lone broker is not frozen, since nobody takes over from it. */
export function planFaults(count: number, random: Random, brokers: number): FaultKind[] {
  const kinds = Object.entries(ROUND) as [FaultKind, number][];
  const round = kinds
    .filter(([kind]) => brokers > 1 || kind !== 'freeze-broker')
    .flatMap(([kind, times]) => Array.from({ length: times }, () => kind));
  const faults: FaultKind[] = [];
  while (faults.length < count) faults.push(...random.shuffle(round));
  return faults.slice(0, count);
}
