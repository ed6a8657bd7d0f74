import assert from 'node:assert/strict';
import { test } from 'node:test';
import { topics } from '@joins/events';
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
  const clicks = driver.createInputTopic(
    topics.clicks.name,
    topics.clicks.serdes.key,
    topics.clicks.serdes.value,
  );

  visitors.pipeInput('visitor-0', { name: 'V0' }, { timestamp: start });
  clicks.pipeInput(
    'visitor-0',
    { page: '/', visitor: 'visitor-0', millis: 0 },
    { timestamp: start },
  );

  assert.deepEqual(
    driver
      .createOutputTopic(topics.named.name, topics.named.serdes.key, topics.named.serdes.value)
      .readKeyValues(),
    [['visitor-0', 'V0']],
  );
});
