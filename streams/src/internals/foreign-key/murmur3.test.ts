import { expect, test } from 'vitest';
import { murmur3 } from './murmur3.ts';

// Recorded from Kafka Streams 4.3.1 (Murmur3.hash128).
test.each([
  ['', '9d2764a018e329428c3cf3b035938518'],
  ['441a98', '6ccc65edb51d3db38bfb1840bb7269c9'],
  ['5b09aae1d2863033d6727c48cd562d', '0f4bad7e57f06e82e8af148cb38845f3'],
  ['e57b713fff46660f03d4f397e268517d', '23aae7f3fe2684a08fb744f2ca6c4b84'],
  ['888508835704877f1cdfc313fb52b58daa', '57a4447bf09e87971dbaafa579d19bbd'],
  ['7d05f1fc20cf457c4a46edc5f0b2e06b6818c0308230a776525b1807cb92a6b76c', 'cd9c295a555f29974e153617c427b0b5'],
])('the hash of %s', (bytes, hash) => {
  expect(Buffer.from(murmur3(Buffer.from(bytes, 'hex'))).toString('hex')).toBe(hash);
});
