import { setTimeout as sleep } from 'node:timers/promises';
import { createProducer, type StreamProducer } from '../src/kafka/stream-producer.ts';
import { Serdes } from '../src/serdes.ts';
import { labelOf, TOPICS } from './topology.ts';

const TICK_MS = 50;
const WORDS = 24;
const text = { key: Serdes.string(), value: Serdes.string() };

/** All words that events may carry. */
export const ALL_WORDS: readonly string[] = Array.from({ length: WORDS }, (_, index) => `w${index}`);

/** Fills the table before anything reads it. */
export async function writeLabels(producer: StreamProducer): Promise<void> {
  await Promise.all(
    ALL_WORDS.map((word) => producer.send(TOPICS.labels, word, labelOf(word), text, { timestamp: 1 })),
  );
}

/** What the feeder knows of its events: those that all replicas have, and those it cannot be sure of. */
export interface FedEvents {
  readonly acknowledged: ReadonlySet<string>;
  readonly uncertain: ReadonlySet<string>;
}

/** Writes events at an even rate, with an idempotent producer, until it is stopped. */
export class Feeder {
  readonly #producer: StreamProducer;
  readonly #rate: number;
  readonly #acknowledged = new Set<string>();
  readonly #uncertain = new Set<string>();
  #stopped = false;
  #next = 0;
  #running: Promise<void> = Promise.resolve();

  constructor(bootstrapServers: readonly string[], rate: number) {
    this.#producer = createProducer({ bootstrapServers, clientId: 'chaos-feeder' });
    this.#rate = rate;
  }

  async start(): Promise<void> {
    await writeLabels(this.#producer);
    this.#running = this.#run();
  }

  get written(): number {
    return this.#acknowledged.size;
  }

  /** Ends after the records under way. */
  async stop(): Promise<FedEvents> {
    this.#stopped = true;
    await this.#running;
    return { acknowledged: this.#acknowledged, uncertain: this.#uncertain };
  }

  async close(): Promise<void> {
    this.#stopped = true;
    await this.#producer.close();
  }

  async #run(): Promise<void> {
    const perTick = Math.max(1, Math.round((this.#rate * TICK_MS) / 1_000));
    while (!this.#stopped) {
      const pause = sleep(TICK_MS);
      await Promise.all(Array.from({ length: perTick }, () => this.#send()));
      await pause;
    }
  }

  async #send(): Promise<void> {
    const number = this.#next++;
    const id = `e${number}`;
    const word = ALL_WORDS[(number * 7 + Math.floor(number / 13)) % WORDS] ?? '';
    try {
      await this.#producer.send(TOPICS.events, `k${number % 101}`, `${id} ${word}`, text);
      this.#acknowledged.add(id);
    } catch {
      // Whether it arrived is read from the log itself at the end; it is never sent a second time.
      this.#uncertain.add(id);
    }
  }
}
