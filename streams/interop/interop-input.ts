import { partitionForKey } from '../src/partitioner.ts';

/** A record of an input topic; long values as numbers. */
export interface InputRecord {
  readonly topic: string;
  readonly key: string;
  readonly value: string | number | null;
  readonly timestamp: number;
  readonly headers: Readonly<Record<string, string>>;
}

export const PARTITIONS = 2;
export const INPUT_TOPICS = [
  'events',
  'questions',
  'answers',
  'profiles',
  'prices',
  'orders',
  'customers',
  'ticks',
] as const;

const NAMES = ['ada', 'alan', 'bob', 'brian', 'cleo', 'dora'];
const STEPS = 160;
const STEP_MS = 40;
/** Less than any grace period of a join, more than that of the windows. */
const LATE_MS = 55;
const PRICE_LATE_MS = 505;
const LULL_MS = 60_000;

/** A small random number generator with a seed. */
type Draw = (below: number) => number;

/**
 * Parts of one input, each later than those before it, but close enough that windows, sessions and joins go on
 * from one part to the next. In the last part time goes on far enough to close everything.
 */
export function createParts(parts: number): InputRecord[][] {
  const draw = createDraw(42);
  // Recent, or the broker would delete the records for their age; on the grid of all windows.
  const begin = Math.floor(Date.now() / 10_000) * 10_000 - 3_600_000;
  const found = Array.from({ length: parts - 1 }, (_, part) => {
    const start = begin + part * STEPS * STEP_MS;
    return Array.from({ length: STEPS }, (_, step) => createRecord(draw, start, step));
  });
  return [...found, createEnd(begin + (parts - 1) * STEPS * STEP_MS + LULL_MS)];
}

/** When the last part begins. */
export function endOf(parts: readonly (readonly InputRecord[])[]): number {
  return parts.at(-1)?.[0]?.timestamp ?? 0;
}

function createRecord(draw: Draw, start: number, step: number): InputRecord {
  const topic = drawTopic(draw, step);
  const now = start + step * STEP_MS;
  // The first of a part are in order: after a restart, operators do not know how far time was.
  const isLate = step > 4 && draw(6) === 0;
  const lateMs = topic === 'prices' ? PRICE_LATE_MS : topic === 'events' ? LATE_MS : 0;
  return {
    topic,
    ...drawRow(draw, topic, step),
    timestamp: isLate ? now - lateMs : now,
    headers: draw(5) === 0 ? { trace: `t${step}` } : {},
  };
}

function drawTopic(draw: Draw, step: number): (typeof INPUT_TOPICS)[number] {
  // Each partition's first tick of a part has no time of its own.
  if (step < NAMES.length) return 'ticks';
  const topics = ['events', 'events', 'events', 'events', 'events', 'questions', ...INPUT_TOPICS] as const;
  const topic = topics[draw(topics.length)] ?? 'events';
  // All customers of a part before its orders: else what a foreign-key join sends depends on which side is faster.
  if (topic === 'orders' || topic === 'customers') return step < STEPS / 3 ? 'customers' : 'orders';
  return topic;
}

function drawRow(draw: Draw, topic: string, step: number): Pick<InputRecord, 'key' | 'value'> {
  const key = NAMES[draw(NAMES.length)] ?? '';
  const isNull = draw(9) === 0;
  switch (topic) {
    case 'events':
      return { key, value: isNull ? null : draw(100) };
    case 'profiles':
      return { key, value: isNull ? null : `${'rst'[draw(3)]}${draw(100)}` };
    case 'orders':
      // Deleted late: when a row comes back before the answer to its deletion, Kafka Streams ignores the answer.
      return { key: `o${draw(6)}`, value: step > STEPS * 0.8 ? null : `c${draw(4)}-${draw(100)}` };
    case 'customers':
      return { key: `c${draw(4)}`, value: isNull ? null : `n${draw(100)}` };
    case 'prices':
      return { key, value: isNull ? null : `p${draw(100)}` };
    case 'ticks':
      return { key: NAMES[step % NAMES.length] ?? '', value: step < NAMES.length ? 'now' : `t${step}` };
    default:
      return { key, value: `${topic[0]}${draw(100)}` };
  }
}

/** Events of all keys, in steps long enough for whatever waits to be noticed. */
function createEnd(start: number): InputRecord[] {
  return Array.from({ length: 30 }, (_, step) => ({
    topic: 'events',
    key: NAMES[step % NAMES.length] ?? '',
    value: step,
    timestamp: start + step * STEP_MS,
    headers: {},
  }));
}

export function partitionOf({ key }: InputRecord): number {
  return partitionForKey(Buffer.from(key), PARTITIONS);
}

/**
 * The order in which a task takes a part's records of a partition: of the first ones of all topics always the
 * one with the lowest timestamp.
 */
export function inTaskOrder(part: readonly InputRecord[], partition: number): InputRecord[] {
  const queues = INPUT_TOPICS.map((topic) =>
    part.filter((record) => record.topic === topic && partitionOf(record) === partition),
  );
  const ordered: InputRecord[] = [];
  for (;;) {
    const open = queues.filter((queue) => queue.length > 0);
    const [next] = open.toSorted((one, two) => headTime(one) - headTime(two));
    const record = next?.shift();
    if (record === undefined) return ordered;
    ordered.push(record);
  }
}

function headTime(queue: readonly InputRecord[]): number {
  return queue[0]?.timestamp ?? Number.POSITIVE_INFINITY;
}

function createDraw(seed: number): Draw {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * below);
  };
}
