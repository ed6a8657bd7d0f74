import type { ClusterPort } from '../../cluster-port.ts';

/** Every value of a topic as JSON, partition by partition. */
export async function jsonValues<T>(port: ClusterPort, topic: string): Promise<T[]> {
  const [layout] = await port.layoutTopics([topic]);
  const values: T[] = [];
  for (const { partition } of layout?.partitions ?? []) {
    for (let from = 0, end = 1; from < end; ) {
      const answer = await port.read({
        topic,
        partition,
        from,
        isolation: 'read_committed',
        maxBytes: 1_000_000,
        maxWaitMs: 0,
      });
      for (const { value } of answer.records) {
        if (value !== null) values.push(JSON.parse(new TextDecoder().decode(value)) as T);
      }
      from = answer.next;
      end = answer.endOffset;
    }
  }
  return values;
}
