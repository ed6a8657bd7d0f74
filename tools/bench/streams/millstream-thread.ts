import type { KafkaStreams, ThreadPlace } from '@millstream/streams';
import { createBenchStreams, parseAppWords } from './millstream-streams.ts';

/** One thread of millstream-app.ts, which hands its arguments on by the environment. */
export function createStreams({ index }: ThreadPlace): KafkaStreams {
  const words: unknown = JSON.parse(process.env.BENCH_WORDS ?? '[]');
  let seen = 0;
  return createBenchStreams(parseAppWords(Array.isArray(words) ? words.map(String) : []), index, () => {
    seen += 1;
    if (seen === 1) console.log('first');
  });
}
