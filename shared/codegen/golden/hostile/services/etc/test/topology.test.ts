import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildTopology } from '../src/generated/topology.js';

test('the topology holds together', () => {
  const description = String(buildTopology().describe());
  assert.match(description, /Sub-topolog/);
});
