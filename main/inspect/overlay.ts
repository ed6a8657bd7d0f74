import type { GroupDescription } from '#shared/contract/cluster-types.ts';
import type { OverlayEvent, OverlayGroup, OverlayTopic, PartitionLag } from '#shared/contract/inspect.ts';
import type { ClusterPort, TopicLayout } from '../clusters/cluster-port.ts';
import { pause } from '../clusters/pause.ts';
import { readGroupLag } from './group-lag.ts';
import { createRates, type Rates } from './rates.ts';
import { offsetSamplerOf, partitionKey } from './sampling.ts';
import { compareNames } from './topics.ts';

export interface OverlayRequest {
  readonly topics: readonly string[];
  readonly groups: readonly string[];
  readonly everyMs: number;
}

const LAYOUT_AGE_MS = 10_000;
const START_AGE_MS = 10_000;

/**
 * Figures for the canvas, every `everyMs`, until the signal. A poll that takes longer than the interval puts the
 * next one off; one that fails tells why, beside the figures of before.
 */
export async function watchOverlay(
  port: ClusterPort,
  request: OverlayRequest,
  emit: (event: OverlayEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  const overlay = createOverlay(port, request);
  while (!signal.aborted) {
    const started = performance.now();
    const event = await overlay.sample(signal);
    if (signal.aborted) return;
    emit(event);
    await pause(Math.max(0, request.everyMs - (performance.now() - started)), signal);
  }
}

export function createOverlay(port: ClusterPort, request: OverlayRequest) {
  const topics = createTopicFigures(port, request);
  const groups = createGroupFigures(port, request);
  let lastTopics: OverlayTopic[] = [];
  let lastGroups: OverlayGroup[] = [];
  return {
    async sample(signal: AbortSignal): Promise<OverlayEvent> {
      const [ofTopics, ofGroups] = await Promise.allSettled([topics(signal), groups(signal)]);
      if (ofTopics.status === 'fulfilled') lastTopics = ofTopics.value;
      if (ofGroups.status === 'fulfilled') lastGroups = ofGroups.value;
      const failed = [ofTopics, ofGroups].find((outcome) => outcome.status === 'rejected');
      const at = port.now?.() ?? Date.now();
      return {
        at,
        topics: lastTopics,
        groups: lastGroups,
        failure: failed ? sentenceOf(failed.reason) : null,
      };
    },
  };
}

function createTopicFigures(port: ClusterPort, { topics, everyMs }: OverlayRequest) {
  const sampler = offsetSamplerOf(port);
  const rates = createRates();
  let layouts: { readonly of: readonly TopicLayout[]; readonly takenAt: number } | null = null;

  return async (signal: AbortSignal): Promise<OverlayTopic[]> => {
    if (topics.length === 0) return [];
    if (!layouts || performance.now() - layouts.takenAt > LAYOUT_AGE_MS) {
      layouts = { of: await port.layoutTopics(topics, signal), takenAt: performance.now() };
    }
    const known = layouts.of;
    const partitions = known.flatMap(partitionsOf);
    const [starts, ends] = await Promise.all([
      sampler.offsets(partitions, 'earliest', START_AGE_MS),
      sampler.offsets(partitions, 'latest', everyMs / 2),
    ]);
    const at = performance.now();
    return known.map((layout) => {
      const keys = partitionsOf(layout).map(partitionKey);
      const records = keys.reduce(
        (sum, key) => sum + Math.max(0, (ends.get(key) ?? 0) - (starts.get(key) ?? 0)),
        0,
      );
      const offsets = keys.map((key) => [key, ends.get(key) ?? null] as const);
      return {
        name: layout.name,
        partitions: keys.length,
        records,
        rate: rates.next(layout.name, offsets, at),
      };
    });
  };
}

function createGroupFigures(port: ClusterPort, { groups, everyMs }: OverlayRequest) {
  const rates = createRates();
  return async (signal: AbortSignal): Promise<OverlayGroup[]> => {
    if (groups.length === 0) return [];
    const described = await port.describeGroups(groups, signal);
    const lags = await Promise.all(
      described.map((group) => readGroupLag(port, group, { maxAgeMs: everyMs / 2 }, signal)),
    );
    const at = performance.now();
    return described.map((group, index) => toOverlayGroup(group, lags[index] ?? [], rates, at));
  };
}

function toOverlayGroup(
  group: GroupDescription,
  lags: readonly PartitionLag[],
  rates: Rates,
  at: number,
): OverlayGroup {
  const byTopic = [...Map.groupBy(lags, ({ topic }) => topic)].sort(([a], [b]) => compareNames(a, b));
  const topics = byTopic.map(([topic, of]) => {
    const offsets = of.map((one) => [partitionKey(one), one.committed] as const);
    return {
      topic,
      lag: sumOrNull(of.map(({ lag }) => lag)),
      lagMs: worstAge(of),
      rate: rates.next(JSON.stringify([group.id, topic]), offsets, at),
    };
  });
  const { id, type, state, members } = group;
  return { id, type, state, members: members.length, lag: sumOrNull(topics.map(({ lag }) => lag)), topics };
}

/** One part unknown makes the sum unknown: less than the truth would look like good news. */
function sumOrNull(parts: readonly (number | null)[]): number | null {
  return parts.reduce((sum: number | null, part) => (sum === null || part === null ? null : sum + part), 0);
}

/** The oldest that is known; unknown only when nothing is. */
function worstAge(lags: readonly PartitionLag[]): number | null {
  const known = lags.map(({ lagMs }) => lagMs).filter((age) => age !== null);
  return known.length === 0 ? null : Math.max(...known);
}

function partitionsOf({ name, partitions }: TopicLayout) {
  return partitions.map(({ partition }) => ({ topic: name, partition }));
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
