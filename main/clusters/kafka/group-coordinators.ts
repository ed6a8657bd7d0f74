import { findCoordinatorV4 } from '@platformatic/kafka';
import type { ClusterWire } from './cluster-wire.ts';
import { answerOf, errorCodes, KafkaRefusal } from './kafka-failure.ts';

/** Which broker coordinates which group. */
export interface GroupCoordinators {
  /** The groups by the broker to ask; `fresh` asks the cluster again. Empty while the cluster cannot have a group. */
  by(groups: readonly string[], fresh: boolean): Promise<ReadonlyMap<number, readonly string[]>>;
}

const GROUP_KEY = 0;
const OFFSETS_TOPIC = '__consumer_offsets';
const MOST_REMEMBERED = 50_000;

export function createGroupCoordinators(wire: ClusterWire): GroupCoordinators {
  const remembered = new Map<string, number>();
  let hadGroups = false;
  return {
    async by(groups, fresh) {
      // To ask for a coordinator makes the topic of the offsets; who only looks must not change what is there.
      hadGroups ||= (await wire.metadata([OFFSETS_TOPIC])).topics.some(
        ({ errorCode }) => errorCode !== errorCodes.unknownTopicOrPartition,
      );
      if (!hadGroups) return new Map();
      const missing = groups.filter((group) => fresh || !remembered.has(group));
      if (missing.length > 0) {
        if (remembered.size > MOST_REMEMBERED) remembered.clear();
        for (const [group, broker] of await findCoordinators(wire, missing)) remembered.set(group, broker);
      }
      return Map.groupBy(groups, (group) => remembered.get(group) ?? -1);
    },
  };
}

async function findCoordinators(wire: ClusterWire, groups: readonly string[]): Promise<Map<string, number>> {
  const answer = await wire.onAny(({ connection }) =>
    answerOf(findCoordinatorV4.api.async(connection, GROUP_KEY, [...groups])),
  );
  const found = new Map<string, number>();
  for (const { key, nodeId, errorCode } of answer.coordinators) {
    if (errorCode !== errorCodes.none) {
      throw new KafkaRefusal(errorCode, `the coordinator of the group "${key}" is not known`);
    }
    found.set(key, nodeId);
  }
  return found;
}
