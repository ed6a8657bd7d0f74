import assert from 'node:assert/strict';
import { test } from 'node:test';
import { topics } from '@gateway/events';
import { TopologyTestDriver } from '@millstream/streams/testing';
import { buildTopology } from '../src/generated/topology.js';

const start = Date.UTC(2026, 0, 1);

test('does with sample records what the drawing says', () => {
  const driver = new TopologyTestDriver(buildTopology(), { initialWallClockTime: start });
  const visitors = driver.createInputTopic(
    topics.visitors.name,
    topics.visitors.serdes.key,
    topics.visitors.serdes.value,
  );

  visitors.pipeInput('v0', { name: 'V0' }, { timestamp: start });

  assert.deepEqual(driver.getKeyValueStore('present').get('v0'), { name: 'V0' });
});
