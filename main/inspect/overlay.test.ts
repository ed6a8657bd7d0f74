import { describe, expect, it } from 'vitest';
import type { OverlayEvent } from '#shared/contract/inspect.ts';
import type { ClusterPort } from '../clusters/cluster-port.ts';
import { createOverlay, watchOverlay } from './overlay.ts';
import { stubPort, unreachable } from './stub-port-suite.ts';

describe('the overlay', () => {
  it('asks once for the ends of all partitions, however many topics and groups there are', async () => {
    const { port, questions } = watched();
    const topics = Array.from({ length: 50 }, (_, index) => `topic-${index}`);
    const overlay = createOverlay(port, { topics, groups: ['a', 'b', 'c'], everyMs: 1_000 });
    const event = await overlay.sample(new AbortController().signal);
    expect(event.failure).toBeNull();
    expect(event.topics).toHaveLength(50);
    expect(event.groups.map(({ id, lag }) => [id, lag])).toEqual([
      ['a', 7],
      ['b', 7],
      ['c', 7],
    ]);
    // The groups' partitions are only known later, so theirs may be a question of its own.
    expect(questions.filter((at) => at === 'latest').length).toBeLessThanOrEqual(2);
    expect(questions.filter((at) => at === 'earliest').length).toBeLessThanOrEqual(2);
  });

  it('keeps the figures of before, with the reason, when a part fails', async () => {
    const { port, state } = watched();
    const overlay = createOverlay(port, { topics: ['topic-1'], groups: ['a'], everyMs: 1_000 });
    const signal = new AbortController().signal;
    const before = await overlay.sample(signal);
    state.groupsFail = true;
    const after = await overlay.sample(signal);
    expect(after.failure).toBe('No Kafka broker answers at 127.0.0.1:9092.');
    expect(after.groups).toEqual(before.groups);
    expect(after.topics[0]?.records).toBe(10);
  });

  it('says that a lag is not known rather than adding up a part of it', async () => {
    const { port } = watched({
      listOffsets: async (partitions) => partitions.map((one) => ({ ...one, offset: null })),
    });
    const overlay = createOverlay(port, { topics: [], groups: ['a'], everyMs: 1_000 });
    const { groups } = await overlay.sample(new AbortController().signal);
    expect(groups[0]).toMatchObject({ lag: null, topics: [{ lag: null, lagMs: null }] });
  });

  it('counts ages by the clock of the cluster', async () => {
    const { port } = watched({ now: () => 5_000 });
    const overlay = createOverlay(port, { topics: [], groups: ['a'], everyMs: 1_000 });
    const { at, groups } = await overlay.sample(new AbortController().signal);
    expect([at, groups[0]?.topics[0]?.lagMs]).toEqual([5_000, 4_000]);
  });

  it('never asks again before it was answered, and stops when it is told', async () => {
    let running = 0;
    let most = 0;
    const { port } = watched({
      async describeGroups() {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 20));
        running -= 1;
        return [];
      },
    });
    const stop = new AbortController();
    const events: OverlayEvent[] = [];
    const emit = (event: OverlayEvent) => {
      events.push(event);
      if (events.length === 4) stop.abort();
    };
    await watchOverlay(port, { topics: [], groups: ['a'], everyMs: 1 }, emit, stop.signal);
    expect([most, events.length]).toEqual([1, 4]);
  });
});

function watched(answers: Partial<ClusterPort> = {}) {
  const questions: unknown[] = [];
  const state = { groupsFail: false };
  const port = stubPort({
    async layoutTopics(names) {
      const partition = { partition: 0, leader: 1, replicas: [1], inSync: [1] };
      return names.map((name) => ({ name, internal: false, partitions: [partition] }));
    },
    async listOffsets(partitions, at) {
      questions.push(at);
      return partitions.map((one) => ({ ...one, offset: at === 'earliest' ? 0 : 10 }));
    },
    async describeGroups(ids) {
      if (state.groupsFail) throw unreachable();
      const common = { type: 'classic', state: 'Empty', protocolType: 'consumer', assignor: '' } as const;
      return ids.map((id) => ({ id, ...common, coordinator: 1, members: [], incomplete: null }));
    },
    committedOffsets: async () => [{ topic: 'topic-1', partition: 0, offset: 3, metadata: '' }],
    async read({ partition, from }) {
      const records = [{ partition, offset: from, timestamp: 1_000, key: null, value: null, headers: [] }];
      return { records, next: from + 1, startOffset: 0, endOffset: 10, lastStableOffset: 10 };
    },
    ...answers,
  });
  return { port, questions, state };
}
