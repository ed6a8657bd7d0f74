import type { Admin } from 'kafkajs';
import { withAdmin } from './cluster.js';
import { feeds } from './feeds.js';
import { sendFeed } from './send-feed.js';

/** Fills the topics that systems outside write, where they are still empty. */
export async function seed(): Promise<void> {
  for (const feed of feeds) {
    if (feed.topic === null || feed.rate !== 0 || feed.count === null) continue;
    const { topic, count } = feed;
    if (!(await withAdmin((admin) => isEmpty(admin, topic)))) continue;
    await sendFeed(feed, { from: 0, count, rate: 0 });
    console.log(`Wrote ${count} record(s) to ${topic} (${feed.name}).`);
  }
}

async function isEmpty(admin: Admin, topic: string): Promise<boolean> {
  const offsets = await admin.fetchTopicOffsets(topic);
  return offsets.every(({ high }) => high === '0');
}
