/** A line of what `@millstream/streams` answers for; cases name it in `covers`. */
export interface ChecklistLine {
  readonly heading: string;
  readonly line: string;
  /** What a single task in memory cannot show, with the test that does. */
  readonly elsewhere?: string;
}

const LINES: Readonly<Record<string, readonly (string | readonly [line: string, elsewhere: string])[]>> = {
  'Record choice': [
    'The queue whose head has the lowest timestamp goes first, ties as in Java',
    'A record whose extracted timestamp is negative is dropped',
    'Task stream time is the highest timestamp of any record read',
    'Extractors are told the highest timestamp of the partition',
    [
      'Empty partitions are waited for (max.task.idle.ms)',
      'streams/src/kafka/kafka-streams.kafka.test.ts, streams/src/kafka/clone-bugs-joins.kafka.test.ts',
    ],
    ['Partition time is kept with the offsets', 'streams/src/kafka/committed-offsets.test.ts'],
  ],
  Stateless: [
    'Filter, map, flat map, select key, peek, over nulls too',
    'Branch sends a record to the first predicate that holds',
    'Merge interleaves two streams as they come',
    'Repartitioning drops null keys, unless a left join follows',
    'A sink writes to a topic chosen per record',
    'Headers pass through every step',
    'Several topics are read as one stream',
    'A topic read by several streams is read once',
  ],
  Processors: [
    'Punctuation by stream time',
    'Punctuation by wall clock',
    'Key-value stores: order, ranges, put if absent, delete',
    'Window stores: fetch, duplicates, retention',
    'Session stores: find, put, remove',
    'Processors see the place and times of their record, and may change key, time and headers',
    'A failing processor fails the task',
  ],
  Aggregations: [
    'Count, reduce and aggregate drop null keys and values',
    'An aggregate that becomes null deletes its row',
    'The timestamp of an aggregate is the highest of its records',
    'Two groupings of one stream keep their own topics',
  ],
  'Time windows': [
    'Windows are aligned to the epoch, [start, end)',
    'A window is late when its end <= stream time - grace; others still take the record',
    'Hopping windows overlap',
    'Null keys are dropped, null values reach the aggregator',
    'The window store keeps what its retention says',
    'Each operator has its own stream time, that of the records that reach it',
  ],
  'Sliding windows': [
    'Windows end at a record and begin after one, inclusive at both ends',
    'Early records share the window that begins at 0',
    'Late sliding windows are dropped',
    'Null keys and values are dropped by sliding windows',
  ],
  'Session windows': [
    'A record merges the sessions within the gap, with a deletion for each merged one',
    'Late sessions are dropped',
    'A session of one moment starts and ends with it',
  ],
  'Emit on window close': [
    'Windows are emitted once, when they have closed',
    'Closed windows are looked for at most once per emit interval',
  ],
  Cogroup: ['Several groupings make one table', 'Cogrouped windows: tumbling, sliding, session'],
  Suppress: [
    'Until window closes: one result per window, late updates ignored',
    'Until a time limit: the latest update of a key after the wait',
    'A full buffer emits early or shuts down',
    'Records are emitted with their own timestamps and headers',
  ],
  'Stream-stream join': [
    'Inner: each pair within the window once, in either order',
    'Left: unmatched records appear after the window closed, and never when matched later',
    'Outer: unmatched records of both sides',
    'Null keys and values: inner drops them, left and outer emit null keys at once',
    'Late records meet what the stores still keep; before and after may differ',
    'Unmatched records are looked for at most once per emit interval',
    'Stores and their changelogs keep duplicates apart',
    'A stream can be joined with itself',
  ],
  'Stream-table join': [
    'Only the stream triggers, and sees the row of the moment',
    'Null keys and values of the stream',
    'Versioned tables with grace: the row as of the record',
    'A rekeyed stream is repartitioned before the join',
  ],
  'Stream-global table join': [
    'The key is taken from the record, and a missing row joins only by left',
    'Global tables are updated apart from time',
  ],
  Tables: [
    'A table source drops null keys, applies updates in order of arrival, deletes by null',
    'Filters of tables pass on deletions of what they had',
    'Mapped tables recompute or keep their rows',
    'A stream becomes a table',
    'A table becomes a stream of its changes',
    'Transformed values: deletions are told, and rows without a store are made anew',
  ],
  'Table-table join': [
    'Inner, left and outer joins of all null combinations',
    'The result has the later timestamp of the two rows',
    'Joins of joins, and filters behind a join',
    'Versioned tables drop what is out of order',
  ],
  'Foreign-key join': [
    'Inner: rows follow changes of either side',
    'Left: rows without a foreign row have null',
    'Changed, null and deleted foreign keys',
    'Subscriptions travel in the bytes of Kafka Streams',
  ],
  'Table group-by': [
    'The old row is subtracted before the new one is added',
    'Rows that change their group, become null or are deleted',
    'Changes travel in the bytes of Kafka Streams',
  ],
  'Versioned stores': [
    'Reads as of a time, out-of-order puts, deletions',
    'History is kept as long as it should be',
    'Every step with a store may keep versions, and later steps take them over',
  ],
  'Names and bytes': [
    'Internal topics and stores have the names Kafka Streams gives them',
    'Windowed and session keys have the bytes of Kafka Streams',
    [
      'Internal topics have the configuration of Kafka Streams',
      'streams/src/kafka/kafka-streams.kafka.test.ts',
    ],
    ['Topics of a join have the same number of partitions', 'streams/src/internals/partition-counts.test.ts'],
    ['Windowed keys are partitioned by their base key', 'streams/src/streams-builder.test.ts'],
    ['Keys go to the partitions that Java clients choose', 'streams/src/partitioner.test.ts'],
  ],
  Running: [
    [
      'Caches: there are none, every update is emitted',
      'the test driver commits after each record, as Kafka Streams’ does',
    ],
    ['Exactly once', 'streams/src/kafka/exactly-once.kafka.test.ts, npm run chaos'],
    [
      'Standby replicas and restoring',
      'streams/src/kafka/standby.kafka.test.ts, streams/src/kafka/clone-bugs-restore.kafka.test.ts',
    ],
    ['Errors: continue, fail, dead letter', 'streams/src/handlers/error-handlers.kafka.test.ts'],
  ],
};

export const CHECKLIST: readonly ChecklistLine[] = Object.entries(LINES).flatMap(([heading, lines]) =>
  lines.map((each) =>
    typeof each === 'string' ? { heading, line: each } : { heading, line: each[0], elsewhere: each[1] },
  ),
);
