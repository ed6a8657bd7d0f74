import type { KafkaStreamsApp, ReadRecord, TopicDescription } from './kafka-streams-app.ts';

/** The internal topics of an application, without its id. */
export interface Internals {
  readonly topics: Readonly<Record<string, TopicDescription>>;
  /** Per topic, in words: what two applications with the same input have alike. */
  readonly contents: Readonly<Record<string, readonly string[]>>;
}

/** Kafka Streams gives the records of these changelogs no timestamps, so they have the time of writing. */
const WITHOUT_TIMESTAMPS = ['final-store-changelog', 'priced-Buffer-changelog'];
/** When rows are deleted here depends on the clock: it is looked for closed windows once a second. */
const DELETED_BY_THE_CLOCK = [
  'pairs-left-shared-join-store-changelog',
  'outer-outer-shared-join-store-changelog',
];
/** Keys end with a number, four bytes. Kafka Streams counts anew after a restart, this library goes on. */
const NUMBERED = /-(this|other)-join-store-changelog$/;

/** `continued`: the application has been stopped and started before. */
export async function readInternals(
  java: KafkaStreamsApp,
  application: string,
  continued: boolean,
): Promise<Internals> {
  const topics = await java.internalTopics(application);
  const names = Object.keys(topics);
  const records = await java.read(names.map((name) => `${application}-${name}`));
  const contents = names.map((name) => {
    const own = records.filter(({ topic }) => topic === `${application}-${name}`);
    return [name, settle(name, own, continued)] as const;
  });
  return { topics, contents: Object.fromEntries(contents) };
}

/** Of changelogs the last rows, of other topics all records. */
function settle(name: string, records: readonly ReadRecord[], continued: boolean): string[] {
  const rows = name.endsWith('-changelog') ? lastRows(records, DELETED_BY_THE_CLOCK.includes(name)) : records;
  const isTimeless = WITHOUT_TIMESTAMPS.includes(name);
  const isRenumbered = continued && NUMBERED.test(name);
  return rows
    .map((record) => (isTimeless ? { ...record, timestamp: 0 } : record))
    .map((record) => (isRenumbered ? { ...record, key: record.key?.slice(0, -8) ?? null } : record))
    .map(toWords)
    .sort();
}

function lastRows(records: readonly ReadRecord[], withDeleted: boolean): ReadRecord[] {
  const isRow = ({ value }: ReadRecord): boolean => value !== null;
  const byKey = Map.groupBy(records, ({ partition, key }) => `${partition} ${key}`);
  return [...byKey.values()].flatMap((updates) =>
    withDeleted ? updates.filter(isRow).slice(-1) : updates.slice(-1).filter(isRow),
  );
}

function toWords({ partition, key, value, timestamp, headers }: ReadRecord): string {
  // Without a key the producer chooses.
  const place = key === null ? 'anywhere' : `${partition} ${key}`;
  return `${place} = ${value} at ${timestamp} ${headers.join(' ')}`.trim();
}
