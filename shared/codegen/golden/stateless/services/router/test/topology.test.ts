import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TopologyTestDriver } from '@millstream/streams/testing';
import { topics } from '@stateless/events';
import { buildTopology } from '../src/generated/topology.js';

const start = Date.UTC(2026, 0, 1);

test('does with sample records what the drawing says', () => {
  const driver = new TopologyTestDriver(buildTopology(), { initialWallClockTime: start });
  const clicks = driver.createInputTopic(
    topics.clicks.name,
    topics.clicks.serdes.key,
    topics.clicks.serdes.value,
  );

  clicks.pipeInput(
    'visitor-1',
    { page: '/prices', visitor: 'visitor-1', millis: 10 },
    { timestamp: start + 1000 },
  );

  assert.deepEqual(
    driver
      .createOutputTopic(topics.pages.name, topics.pages.serdes.key, topics.pages.serdes.value)
      .readKeyValues(),
    [['/prices', '/prices']],
  );
  assert.deepEqual(
    driver
      .createOutputTopic(
        topics.visitors.name,
        topics.visitors.serdes.key,
        topics.visitors.serdes.value,
      )
      .readKeyValues(),
    [['visitor-1', 10]],
  );
  assert.deepEqual(
    driver
      .createOutputTopic(topics.prices.name, topics.prices.serdes.key, topics.prices.serdes.value)
      .readKeyValues(),
    [['visitor-1', '/prices']],
  );
});
