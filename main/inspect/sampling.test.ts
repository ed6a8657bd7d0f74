import { describe, expect, it } from 'vitest';
import type { TopicPartition } from '../clusters/cluster-port.ts';
import { createOffsetSampler } from './sampling.ts';
import { stubPort, unreachable } from './stub-port-suite.ts';

function sampled() {
  const questions: string[][] = [];
  const clock = { now: 1_000 };
  const state = { offset: 10, fails: false };
  const port = stubPort({
    async listOffsets(partitions) {
      questions.push(partitions.map(({ topic, partition }) => `${topic}-${partition}`));
      if (state.fails) throw unreachable();
      return partitions.map((one) => ({ ...one, offset: one.partition === 9 ? null : state.offset }));
    },
  });
  return { sampler: createOffsetSampler(port, () => clock.now), questions, clock, state };
}

const of = (...partitions: number[]): TopicPartition[] =>
  partitions.map((partition) => ({ topic: 'orders', partition }));

describe('an offset sampler', () => {
  it('puts what is asked in one turn into one question', async () => {
    const { sampler, questions } = sampled();
    const [first, second] = await Promise.all([
      sampler.offsets(of(0, 1), 'latest', 0),
      sampler.offsets(of(1, 2), 'latest', 0),
    ]);
    expect(questions).toEqual([['orders-0', 'orders-1', 'orders-2']]);
    expect([...first]).toEqual([
      ['orders-0', 10],
      ['orders-1', 10],
    ]);
    expect([...second.keys()]).toEqual(['orders-1', 'orders-2']);
  });

  it('asks again only for what is too old', async () => {
    const { sampler, questions, clock, state } = sampled();
    await sampler.offsets(of(0), 'latest', 100);
    clock.now += 100;
    state.offset = 20;
    expect((await sampler.offsets(of(0, 1), 'latest', 100)).get('orders-0')).toBe(10);
    clock.now += 1;
    expect((await sampler.offsets(of(0, 1), 'latest', 100)).get('orders-0')).toBe(20);
    expect(questions).toEqual([['orders-0'], ['orders-1'], ['orders-0']]);
  });

  it('keeps starts and ends apart, and leaves out what is not known', async () => {
    const { sampler, questions } = sampled();
    await sampler.offsets(of(0), 'earliest', 1_000);
    expect([...(await sampler.offsets(of(0, 9), 'latest', 1_000)).keys()]).toEqual(['orders-0']);
    expect(questions).toEqual([['orders-0'], ['orders-0', 'orders-9']]);
  });

  it('tells everybody of a failure, and asks anew after it', async () => {
    const { sampler, state } = sampled();
    state.fails = true;
    const both = await Promise.allSettled([
      sampler.offsets(of(0), 'latest', 0),
      sampler.offsets(of(1), 'latest', 0),
    ]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    state.fails = false;
    expect((await sampler.offsets(of(0), 'latest', 0)).get('orders-0')).toBe(10);
  });
});
