import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TopologyTestDriver } from '@millstream/streams/testing';
import { topics } from '@windows-and-tables/events';
import { buildTopology } from '../src/generated/topology.js';

const start = Date.UTC(2026, 0, 1);

test('does with sample records what the drawing says', () => {
  const driver = new TopologyTestDriver(buildTopology(), { initialWallClockTime: start });
  const people = driver.createInputTopic(
    topics.people.name,
    topics.people.serdes.key,
    topics.people.serdes.value,
  );
  const clicks = driver.createInputTopic(
    topics.clicks.name,
    topics.clicks.serdes.key,
    topics.clicks.serdes.value,
  );

  people.pipeInput('v0', { name: 'P0', city: 'Rome' }, { timestamp: start });
  clicks.pipeInput('v0', { visitor: 'v0', page: '/', millis: 0 }, { timestamp: start });
  clicks.pipeInput('v0', { visitor: 'v0', page: '/', millis: 4 }, { timestamp: start + 2000 });
  clicks.pipeInput(
    'v0',
    { visitor: 'v1', page: '/prices', millis: 1 },
    { timestamp: start + 3000 },
  );
  clicks.pipeInput('v0', { visitor: 'v0', page: '/', millis: 8 }, { timestamp: start + 4000 });
  people.pipeInput('v0', { name: 'P0', city: 'Oslo' }, { timestamp: start + 6000 });
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
      .createOutputTopic(topics.atHome.name, topics.atHome.serdes.key, topics.atHome.serdes.value)
      .readKeyValues(),
    [
      ['v0', '/ Rome'],
      ['v0', '/ Rome'],
      ['v0', '/prices Rome'],
      ['v0', '/ Rome'],
      ['v0', '/ Oslo'],
      ['v0', '/prices Oslo'],
      ['v0', '/ Oslo'],
    ],
  );
  assert.deepEqual(driver.getVersionedKeyValueStore('homes').get('v0')?.value ?? null, {
    name: 'P0',
    city: 'Oslo',
  });
});
