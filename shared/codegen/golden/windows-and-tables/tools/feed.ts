import { parseArgs } from 'node:util';
import { feeds } from './lib/feeds.js';
import { Failure, runTool } from './lib/run-tool.js';
import { sendFeed } from './lib/send-feed.js';

const usage = 'npm run feed -- --feed NAME [--count N] [--rate PER_SECOND] [--from FIRST]';

await runTool(async () => {
  const { feed, ...options } = readArguments();
  const stop = new AbortController();
  process.on('SIGINT', () => stop.abort());
  process.on('SIGTERM', () => stop.abort());
  const sent = await sendFeed(feed, { ...options, signal: stop.signal });
  console.log(`Sent ${sent} record(s) of ${feed.name}.`);
});

function readArguments() {
  const { values } = parseArgs({
    options: {
      feed: { type: 'string' },
      count: { type: 'string' },
      rate: { type: 'string' },
      from: { type: 'string' },
    },
  });
  const feed = feeds.find(({ name }) => name === values.feed);
  if (feed === undefined) {
    throw new Failure(`Say which feed: ${feeds.map(({ name }) => name).join(', ')}. (${usage})`);
  }
  return {
    feed,
    count: readNumber('count', values.count, feed.count ?? Number.POSITIVE_INFINITY),
    rate: readNumber('rate', values.rate, feed.rate),
    from: readNumber('from', values.from, 0),
  };
}

function readNumber(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0))
    throw new Failure(`--${name} must be a number, not "${text}".`);
  return value;
}
