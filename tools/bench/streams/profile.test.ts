import { expect, test } from 'vitest';
import { selfShares } from './profile.ts';

test('busy time is shared out by file, idle time is left out', () => {
  const frame = (functionName: string, url: string) => ({ functionName, url });
  const nodes = [
    { id: 1, callFrame: frame('(idle)', '') },
    { id: 2, callFrame: frame('get', 'file:///home/a/streams/src/internals/store.ts') },
    { id: 3, callFrame: frame('put', 'file:///home/a/streams/src/internals/store.ts') },
    { id: 4, callFrame: frame('(garbage collector)', '') },
    { id: 5, callFrame: frame('write', 'node:internal/net') },
    { id: 6, callFrame: frame('send', 'file:///home/a/node_modules/kafkajs/src/network/socket.js') },
  ];
  const samples = [1, 2, 3, 4, 5, 6];
  const timeDeltas = [1_000, 300, 200, 250, 150, 100];
  expect(selfShares({ nodes, samples, timeDeltas })).toEqual([
    ['streams/src/internals/store.ts', 0.5],
    ['(garbage collector)', 0.25],
    ['Node.js', 0.15],
    ['kafkajs', 0.1],
  ]);
});
