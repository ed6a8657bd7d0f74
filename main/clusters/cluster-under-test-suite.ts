import { expect } from 'vitest';
import type { ClusterPort, ClusterRecord, NewRecord, ReadAnswer, ReadRequest } from './cluster-port.ts';

/** A cluster to try, and what can be done to it that the port itself cannot do. */
export interface ClusterUnderTest {
  readonly port: ClusterPort;
  /** Writes the values to partition 0 in one transaction. */
  readonly transact?: (
    topic: string,
    values: readonly string[],
    outcome: 'commit' | 'abort',
  ) => Promise<void>;
  /** Writes the values to partition 0 in a transaction that stays open; what it gives ends it. */
  readonly leaveOpen?: (topic: string, values: readonly string[]) => Promise<() => Promise<void>>;
  /** Removes the records of partition 0 below the offset. */
  readonly trim?: (topic: string, offset: number) => Promise<void>;
  close(): Promise<void>;
}

export type Current = () => ClusterUnderTest;

/** A topic of its own for every test, so that they cannot see each other. */
export async function makeTopic(
  { port }: ClusterUnderTest,
  partitions = 1,
  configs: Record<string, string> = {},
): Promise<string> {
  made += 1;
  const name = `suite-${made}-${process.pid}`;
  expect(await port.createTopics([{ name, partitions, replication: -1, configs }])).toEqual([name]);
  return name;
}
let made = 0;

export function requestFor(request: Partial<ReadRequest> & { readonly topic: string }): ReadRequest {
  return {
    partition: 0,
    from: 0,
    isolation: 'read_uncommitted',
    maxBytes: 1_000_000,
    maxWaitMs: 0,
    ...request,
  };
}

export function readOnce(
  port: ClusterPort,
  request: Partial<ReadRequest> & { readonly topic: string },
): Promise<ReadAnswer> {
  return port.read(requestFor(request));
}

export async function readAll(port: ClusterPort, topic: string, isolation: ReadRequest['isolation']) {
  const values: string[] = [];
  for (let from = 0; ; ) {
    const answer = await readOnce(port, { topic, from, isolation });
    values.push(...answer.records.map(({ value }) => text(value)));
    if (answer.next >= answer.endOffset) return { values, ...answer };
    expect(answer.next).toBeGreaterThan(from);
    from = answer.next;
  }
}

export function numbered(count: number, { from = 0, partition = 0 } = {}): NewRecord[] {
  return Array.from({ length: count }, (_, index) => ({
    partition,
    key: null,
    value: bytes(`value ${from + index}`),
    timestamp: 1_000 + from + index,
  }));
}

export function toPlain(record: ClusterRecord) {
  const plain = (part: Uint8Array | null) => (part === null ? null : [...part]);
  const headers = record.headers.map(({ key, value }) => [key, plain(value)]);
  return { ...record, key: plain(record.key), value: plain(record.value), headers };
}

export function bytes(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

export function text(value: Uint8Array | null): string {
  return value === null ? '(null)' : new TextDecoder().decode(value);
}
