import { setTimeout as sleep } from 'node:timers/promises';
import { createProducer, Serdes, type StreamProducer } from '@millstream/streams';
import { bootstrap } from './cluster.js';
import type { Feed, FeedRecord } from './feeds.js';
import { Failure } from './run-tool.js';
import { addressOf } from './services.js';

/** Feeds make bytes of their records themselves. */
const bytes = { key: Serdes.bytes(), value: Serdes.bytes() };

export interface SendOptions {
  readonly from: number;
  readonly count: number;
  /** Records a second; 0: as fast as they are taken. */
  readonly rate: number;
  readonly signal?: AbortSignal;
}

/** Sends records `from` to `from + count - 1` of a feed, and tells how many were sent. */
export async function sendFeed(feed: Feed, options: SendOptions): Promise<number> {
  const producer = createProducer({ bootstrapServers: bootstrap.split(','), clientId: 'feed' });
  const start = Date.now();
  let sent = 0;
  try {
    while (sent < options.count && !options.signal?.aborted) {
      const due = options.rate === 0 ? start : start + (sent * 1_000) / options.rate;
      if (!(await waitUntil(due, options.signal))) break;
      await send(producer, feed.record(options.from + sent));
      sent += 1;
    }
  } finally {
    await producer.close();
  }
  return sent;
}

/** False when it was told to stop meanwhile. */
async function waitUntil(due: number, signal?: AbortSignal): Promise<boolean> {
  try {
    if (due > Date.now()) await sleep(due - Date.now(), undefined, { signal });
    return true;
  } catch (error) {
    if (signal?.aborted) return false;
    throw error;
  }
}

async function send(producer: StreamProducer, record: FeedRecord): Promise<void> {
  if ('topic' in record) {
    const { topic, key, value } = record;
    await producer.send(topic, key, value, bytes);
    return;
  }
  const url = new URL(record.path, addressOf(record.service));
  const answer = await request(record.method, url, record.body);
  if (!answer.ok) console.error(`${answer.status} ${await answer.text()}`);
}

async function request(method: string, url: URL, body: unknown): Promise<Response> {
  try {
    return await fetch(url, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  } catch {
    throw new Failure(`Nothing answers at ${url.origin}: start the services with "npm start".`);
  }
}
