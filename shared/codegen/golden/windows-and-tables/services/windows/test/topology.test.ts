import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TopologyTestDriver } from '@millstream/streams/testing';
import { topics } from '@windows-and-tables/events';
import { buildTopology } from '../src/generated/topology.js';

const start = Date.UTC(2026, 0, 1);

test('does with sample records what the drawing says', () => {
  const driver = new TopologyTestDriver(buildTopology(), { initialWallClockTime: start });
  const clicks = driver.createInputTopic(
    topics.clicks.name,
    topics.clicks.serdes.key,
    topics.clicks.serdes.value,
  );

  clicks.pipeInput('v0', { visitor: 'v0', page: '/', millis: 0 }, { timestamp: start });
  clicks.pipeInput('v0', { visitor: 'v0', page: '/', millis: 4 }, { timestamp: start + 2000 });
  clicks.pipeInput(
    'v0',
    { visitor: 'v1', page: '/prices', millis: 1 },
    { timestamp: start + 3000 },
  );
  clicks.pipeInput('v0', { visitor: 'v0', page: '/', millis: 8 }, { timestamp: start + 4000 });

  assert.deepEqual(
    driver
      .createOutputTopic(topics.visits.name, topics.visits.serdes.key, topics.visits.serdes.value)
      .readKeyValues(),
    [
      ['v0@600-600', { pages: ['/'], millis: 0 }],
      ['v0@602-602', { pages: ['/'], millis: 4 }],
      ['v0@602-603', { pages: ['/', '/prices'], millis: 5 }],
      ['v0@602-604', { pages: ['/', '/prices', '/'], millis: 13 }],
    ],
  );
  assert.deepEqual(
    driver
      .createOutputTopic(
        topics.visitSizes.name,
        topics.visitSizes.serdes.key,
        topics.visitSizes.serdes.value,
      )
      .readKeyValues(),
    [['v0@600-600', 1]],
  );
  assert.deepEqual(
    driver
      .createOutputTopic(topics.recent.name, topics.recent.serdes.key, topics.recent.serdes.value)
      .readKeyValues(),
    [
      ['v0@597-600', 0],
      ['v0@600-603', 4],
      ['v0@599-602', 4],
      ['v0@600-603', 4],
      ['v0@602-605', 1],
      ['v0@600-603', 4],
      ['v0@602-605', 8],
      ['v0@603-606', 8],
      ['v0@601-604', 8],
    ],
  );
  assert.deepEqual(
    driver
      .createOutputTopic(
        topics.finalCounts.name,
        topics.finalCounts.serdes.key,
        topics.finalCounts.serdes.value,
      )
      .readKeyValues(),
    [
      ['/@600-604', 2],
      ['/prices@600-604', 1],
    ],
  );
  assert.deepEqual(
    driver
      .createOutputTopic(
        topics.nowAndThen.name,
        topics.nowAndThen.serdes.key,
        topics.nowAndThen.serdes.value,
      )
      .readKeyValues(),
    [['v0', 4]],
  );
  assert.deepEqual(driver.getKeyValueStore('nowAndThen').get('v0'), 4);
});
