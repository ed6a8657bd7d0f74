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
  clicks.pipeInput('v0', { visitor: 'v0', page: '/', millis: 2 }, { timestamp: start + 6000 });
  clicks.pipeInput(
    'v0',
    { visitor: 'v1', page: '/prices', millis: 9 },
    { timestamp: start + 7000 },
  );
  clicks.pipeInput('v0', { visitor: 'v0', page: '/', millis: 6 }, { timestamp: start + 8000 });
  clicks.pipeInput('v0', { visitor: 'v0', page: '/', millis: 0 }, { timestamp: start + 10_000 });
  clicks.pipeInput(
    'v0',
    { visitor: 'v1', page: '/prices', millis: 7 },
    { timestamp: start + 11_000 },
  );

  assert.deepEqual(
    driver
      .createOutputTopic(topics.visits.name, topics.visits.serdes.key, topics.visits.serdes.value)
      .readKeyValues(),
    [
      ['v0@600-600', { pages: ['/'], millis: 0 }],
      ['v0@600-602', { pages: ['/', '/'], millis: 4 }],
      ['v0@600-603', { pages: ['/', '/', '/prices'], millis: 5 }],
      ['v0@600-604', { pages: ['/', '/', '/prices', '/'], millis: 13 }],
      ['v0@600-606', { pages: ['/', '/', '/prices', '/', '/'], millis: 15 }],
      ['v0@600-607', { pages: ['/', '/', '/prices', '/', '/', '/prices'], millis: 24 }],
      ['v0@600-608', { pages: ['/', '/', '/prices', '/', '/', '/prices', '/'], millis: 30 }],
      ['v0@600-610', { pages: ['/', '/', '/prices', '/', '/', '/prices', '/', '/'], millis: 30 }],
      [
        'v0@600-611',
        { pages: ['/', '/', '/prices', '/', '/', '/prices', '/', '/', '/prices'], millis: 37 },
      ],
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
    [
      ['v0@600-600', 1],
      ['v0@602-604', 3],
      ['v0@606-608', 3],
    ],
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
      ['v0@603-606', 8],
      ['v0@604-607', 2],
      ['v0@603-606', 8],
      ['v0@604-607', 9],
      ['v0@606-609', 9],
      ['v0@604-607', 9],
      ['v0@606-609', 9],
      ['v0@607-610', 6],
      ['v0@605-608', 9],
      ['v0@607-610', 6],
      ['v0@608-611', 0],
      ['v0@607-610', 9],
      ['v0@608-611', 7],
      ['v0@610-613', 7],
      ['v0@608-611', 7],
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
      ['/@604-608', 2],
      ['/prices@604-608', 1],
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
    [
      ['v0', 4],
      ['v0', 8],
    ],
  );
  assert.deepEqual(driver.getKeyValueStore('nowAndThen').get('v0'), 9);
});
