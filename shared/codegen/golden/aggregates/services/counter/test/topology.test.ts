import assert from 'node:assert/strict';
import { test } from 'node:test';
import { topics } from '@aggregates/events';
import { TopologyTestDriver } from '@millstream/streams/testing';
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
    'visitor-0',
    { page: '/', visitor: 'visitor-0', millis: 0 },
    { timestamp: start },
  );

  assert.deepEqual(
    driver
      .createOutputTopic(topics.counts.name, topics.counts.serdes.key, topics.counts.serdes.value)
      .readKeyValues(),
    [['/', 1]],
  );
  assert.deepEqual(
    driver
      .createOutputTopic(topics.busy.name, topics.busy.serdes.key, topics.busy.serdes.value)
      .readKeyValues(),
    [
      ['visitor-0@1767225598', 0],
      ['visitor-0@1767225600', 0],
    ],
  );
  assert.deepEqual(driver.getKeyValueStore('clicksPerPage').get('/'), 1);
});
