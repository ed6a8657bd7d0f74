import type { ClusterPort, TopicPartition } from '../clusters/cluster-port.ts';

export type SampledOffset = 'earliest' | 'latest' | 'lastStable';

export interface OffsetSampler {
  /**
   * The offsets of these partitions, by `partitionKey`, none older than `maxAgeMs`. Whoever asks in the same turn
   * shares one question to the cluster; partitions without an answer are missing.
   */
  offsets(
    partitions: Iterable<TopicPartition>,
    at: SampledOffset,
    maxAgeMs: number,
  ): Promise<ReadonlyMap<string, number>>;
}

export function partitionKey({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`;
}

const samplers = new WeakMap<ClusterPort, OffsetSampler>();

/** The one sampler of that cluster: tails, lag and overlay of all windows ask through it. */
export function offsetSamplerOf(port: ClusterPort): OffsetSampler {
  const existing = samplers.get(port);
  if (existing) return existing;
  const created = createOffsetSampler(port);
  samplers.set(port, created);
  return created;
}

interface Sample {
  readonly offset: number;
  readonly takenAt: number;
}

interface Round {
  readonly wanted: Map<string, TopicPartition>;
  readonly done: Promise<void>;
}

const MOST_SAMPLES = 100_000;

export function createOffsetSampler(
  port: ClusterPort,
  now: () => number = () => performance.now(),
): OffsetSampler {
  const samples: Record<SampledOffset, Map<string, Sample>> = {
    earliest: new Map(),
    latest: new Map(),
    lastStable: new Map(),
  };
  const collecting = new Map<SampledOffset, Round>();

  const ask = async (at: SampledOffset, wanted: ReadonlyMap<string, TopicPartition>): Promise<void> => {
    const answers = await port.listOffsets([...wanted.values()], at);
    const takenAt = now();
    if (samples[at].size > MOST_SAMPLES) samples[at].clear();
    for (const { topic, partition, offset } of answers) {
      const key = partitionKey({ topic, partition });
      if (offset === null) samples[at].delete(key);
      else samples[at].set(key, { offset, takenAt });
    }
  };

  const join = (at: SampledOffset, partitions: readonly TopicPartition[]): Promise<void> => {
    let round = collecting.get(at);
    if (!round) {
      const wanted = new Map<string, TopicPartition>();
      const done = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
        collecting.delete(at);
        return ask(at, wanted);
      });
      round = { wanted, done };
      collecting.set(at, round);
    }
    for (const one of partitions) round.wanted.set(partitionKey(one), one);
    return round.done;
  };

  return {
    async offsets(partitions, at, maxAgeMs) {
      const all = [...partitions];
      const oldest = now() - maxAgeMs;
      const missing = all.filter(
        (one) => (samples[at].get(partitionKey(one))?.takenAt ?? -Infinity) < oldest,
      );
      if (missing.length > 0) await join(at, missing);
      const found = new Map<string, number>();
      for (const one of all) {
        const sample = samples[at].get(partitionKey(one));
        if (sample) found.set(partitionKey(one), sample.offset);
      }
      return found;
    },
  };
}
