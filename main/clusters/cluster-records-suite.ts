import { expect, it } from 'vitest';
import type { NewRecord } from './cluster-port.ts';
import {
  bytes,
  type Current,
  makeTopic,
  numbered,
  readAll,
  readOnce,
  requestFor,
  text,
  toPlain,
} from './cluster-under-test-suite.ts';

export function testRecords(current: Current): void {
  it('keeps every byte, null and order of what is written', async () => {
    const { port } = current();
    const topic = await makeTopic(current());
    const written: NewRecord[] = [
      { key: bytes('a'), value: bytes('1'), timestamp: 1_000 },
      { key: bytes('a'), value: null, timestamp: 1_001 },
      { key: null, value: Uint8Array.of(0, 255, 128), timestamp: 1_002 },
      {
        key: Uint8Array.of(),
        value: Uint8Array.of(),
        timestamp: 1_003,
        headers: [
          { key: 'twice', value: bytes('x') },
          { key: 'twice', value: null },
          { key: 'ü', value: Uint8Array.of() },
        ],
      },
    ];
    await port.produce(topic, written);
    const { records } = await readOnce(port, { topic });
    expect(records.map(toPlain)).toEqual(
      written.map(({ key, value, timestamp, headers = [] }, offset) =>
        toPlain({ partition: 0, offset, key, value, timestamp: timestamp ?? 0, headers }),
      ),
    );
  });

  it('chooses partitions by murmur2 of the key, as Kafka does', async () => {
    const { port } = current();
    const topic = await makeTopic(current(), 1_000 / 100);
    // The hashes of Kafka's own UtilsTest.testMurmur2.
    const hashes: readonly (readonly [string, number])[] = [
      ['21', -973_932_308],
      ['foobar', -790_332_482],
      ['a-little-bit-long-string', -985_981_536],
      ['a-little-bit-longer-string', -1_486_304_829],
      ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58_897_971],
      ['abc', 479_470_107],
    ];
    await port.produce(
      topic,
      hashes.map(([key]) => ({ key: bytes(key), value: null })),
    );
    for (const [key, hash] of hashes) {
      const partition = (hash & 0x7fff_ffff) % 10;
      const { records } = await readOnce(port, { topic, partition });
      expect(
        records.map((record) => text(record.key)),
        `partition ${partition}`,
      ).toContain(key);
    }
  });

  it('writes to the partition it is told', async () => {
    const { port } = current();
    const topic = await makeTopic(current(), 3);
    await port.produce(topic, [{ partition: 2, key: bytes('k'), value: bytes('v') }]);
    expect((await readOnce(port, { topic, partition: 2 })).records).toHaveLength(1);
    const wrong = port.produce(topic, [{ partition: 3, key: null, value: null }]);
    await expect(wrong).rejects.toMatchObject({ code: 'not-found' });
  });

  it('does not write to a topic that is not there', async () => {
    const wrong = current().port.produce('there-is-no-such-topic', [{ key: null, value: null }]);
    await expect(wrong).rejects.toMatchObject({ code: 'not-found' });
  });
}

export function testReading(current: Current): void {
  it('reads all records once and in order, however small the steps', async () => {
    const { port } = current();
    const topic = await makeTopic(current());
    for (let batch = 0; batch < 10; batch += 1) await port.produce(topic, numbered(30, { from: batch * 30 }));
    const seen: number[] = [];
    for (let from = 0; from < 300; ) {
      const answer = await readOnce(port, { topic, from, maxBytes: 500 });
      expect(answer.next).toBeGreaterThan(from);
      seen.push(...answer.records.map(({ offset }) => offset));
      from = answer.next;
    }
    expect(seen).toEqual(Array.from({ length: 300 }, (_, offset) => offset));
  });

  it('gives a record that is larger than the answer may be', async () => {
    const { port } = current();
    const topic = await makeTopic(current());
    await port.produce(topic, [{ key: null, value: new Uint8Array(50_000) }]);
    const { records, next } = await readOnce(port, { topic, maxBytes: 100 });
    expect(records.map(({ value }) => value?.length)).toEqual([50_000]);
    expect(next).toBe(1);
  });

  it('says where the log begins and ends, and that there is nothing at its end', async () => {
    const { port } = current();
    const topic = await makeTopic(current());
    await port.produce(topic, numbered(5));
    const expected = { records: [], next: 5, startOffset: 0, endOffset: 5, lastStableOffset: 5 };
    expect(await readOnce(port, { topic, from: 5 })).toEqual(expected);
    expect(await readOnce(port, { topic, from: 500 })).toEqual(expected);
  });

  it('names a topic or a partition that is not there', async () => {
    const { port } = current();
    const topic = await makeTopic(current());
    const wrongTopic = readOnce(port, { topic: 'there-is-no-such-topic' });
    await expect(wrongTopic).rejects.toMatchObject({ code: 'not-found' });
    const wrongPartition = readOnce(port, { topic, partition: 1 });
    await expect(wrongPartition).rejects.toMatchObject({ code: 'not-found' });
  });
}

export function testWaiting(current: Current): void {
  it('is answered when a record arrives while it waits', async () => {
    const { port } = current();
    const topic = await makeTopic(current());
    const waiting = readOnce(port, { topic, maxWaitMs: 10_000 });
    await port.produce(topic, numbered(1));
    expect((await waiting).records).toHaveLength(1);
  });

  it('ends a wait that is given up', async () => {
    const { port } = current();
    const topic = await makeTopic(current());
    const giveUp = new AbortController();
    const waiting = port.read({ ...requestFor({ topic }), maxWaitMs: 10_000 }, giveUp.signal);
    giveUp.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'ClusterError', code: 'cancelled' });
    await expect(port.listTopics(giveUp.signal)).rejects.toMatchObject({ code: 'cancelled' });
    expect((await port.listTopics()).length).toBeGreaterThan(0);
  });
}

export function testTransactions(current: Current): void {
  it('hides what was aborted, and moves past it', async () => {
    const { port, transact } = current();
    const topic = await makeTopic(current());
    await transact?.(topic, ['a', 'b'], 'commit');
    await transact?.(topic, ['c', 'd', 'e'], 'abort');
    await transact?.(topic, ['f'], 'commit');
    await transact?.(topic, ['g'], 'abort');
    const committed = await readAll(port, topic, 'read_committed');
    expect(committed.values).toEqual(['a', 'b', 'f']);
    expect(committed.next).toBe(committed.endOffset);
    const all = await readAll(port, topic, 'read_uncommitted');
    expect(all.values).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
    expect(all.next).toBe(all.endOffset);
  });

  it('stops committed reading before a transaction that is still open', async () => {
    const { port, leaveOpen } = current();
    const topic = await makeTopic(current());
    await port.produce(topic, [{ partition: 0, key: null, value: bytes('before') }]);
    const end = await leaveOpen?.(topic, ['inside']);
    await port.produce(topic, [{ partition: 0, key: null, value: bytes('after') }]);
    const where = { topic, partition: 0 };
    expect((await port.listOffsets([where], 'lastStable'))[0]?.offset).toBe(1);
    const committed = await readOnce(port, { topic, isolation: 'read_committed' });
    expect(committed.records.map(({ value }) => text(value))).toEqual(['before']);
    expect(committed).toMatchObject({ next: 1, lastStableOffset: 1 });
    const all = await readOnce(port, { topic });
    expect(all.records.map(({ value }) => text(value))).toEqual(['before', 'inside', 'after']);
    await end?.();
  });
}

export function testTrimming(current: Current): void {
  it('reads from the start of a log whose first records are gone', async () => {
    const { port, trim } = current();
    const topic = await makeTopic(current());
    await port.produce(topic, numbered(10));
    await trim?.(topic, 6);
    expect((await port.listOffsets([{ topic, partition: 0 }], 'earliest'))[0]?.offset).toBe(6);
    const { records, next, startOffset } = await readOnce(port, { topic, from: 2 });
    expect(records.map(({ offset }) => offset)).toEqual([6, 7, 8, 9]);
    expect({ next, startOffset }).toEqual({ next: 10, startOffset: 6 });
  });
}
