import type { Design, Feed } from '#shared/design/design.ts';
import { indexDesign } from '#shared/design/queries/index-design.ts';
import { topicSerdes } from '../design/design-serdes.ts';
import { feedFunctions } from '../design/slot-functions.ts';
import type { SandboxLog } from '../sandbox-log.ts';
import type { Gateway } from './gateway.ts';

/** Records of one feed in one step, so that a high rate cannot stop the clock. */
const stepLimit = 5_000;

/** Plays the world outside: makes a feed's records as they fall due on the sandbox's clock. */
export class FeedRunner {
  readonly feed: Feed;
  readonly #send: (n: number, timestamp: number) => void;
  readonly #beginAt: number;
  #due = 0;
  perSecond: number;
  paused = false;
  sent = 0;

  constructor(design: Design, feed: Feed, log: SandboxLog, gateway: Gateway, startedAt: number) {
    this.feed = feed;
    this.perSecond = feed.perSecond;
    this.#beginAt = startedAt + (feed.startAfterMs ?? 0);
    this.#send = sender(design, feed, log, gateway);
  }

  /** Lets the feed catch up with `now`, of which the last `elapsedMs` are new. */
  step(now: number, elapsedMs: number): void {
    if (this.paused || now < this.#beginAt) return;
    const left = (this.feed.count ?? Number.MAX_SAFE_INTEGER) - this.sent;
    if (this.feed.perSecond === 0 && this.feed.count !== undefined) this.#due = left;
    else this.#due += (this.perSecond * Math.min(elapsedMs, now - this.#beginAt)) / 1_000;
    const count = Math.min(Math.floor(this.#due), left, stepLimit);
    for (let index = 0; index < count; index += 1) {
      this.#send(this.sent, now);
      this.sent += 1;
    }
    this.#due -= count;
  }
}

function sender(
  design: Design,
  feed: Feed,
  log: SandboxLog,
  gateway: Gateway,
): (n: number, now: number) => void {
  const functions = feedFunctions(design, feed);
  const value = functions.required('value');
  const { into } = feed;
  if ('gateway' in into) {
    return (n) => {
      gateway.write(into.gateway, {}, value({ n }));
    };
  }
  const key = functions.optional('key');
  const topic = indexDesign(design).topics.get(into.topic);
  if (topic === undefined) return () => undefined;
  const serdes = topicSerdes(design, topic);
  return (n, now) => {
    const keyValue = key ? key({ n }) : null;
    const made = value({ n });
    log.append(topic.name, null, {
      key: keyValue === null ? null : serdes.key.serialize(keyValue),
      value: made === null ? null : serdes.value.serialize(made),
      timestamp: now,
      headers: [],
    });
  };
}
