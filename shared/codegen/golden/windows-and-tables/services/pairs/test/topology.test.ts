import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Serdes } from '@millstream/streams';
import { TopologyTestDriver } from '@millstream/streams/testing';
import { checkClick, topics } from '@windows-and-tables/events';
import { deadLettersTo } from '@windows-and-tables/runtime';
import { buildTopology } from '../src/generated/topology.js';

const start = Date.UTC(2026, 0, 1);

test('takes sample records, and writes only valid ones', () => {
  const driver = new TopologyTestDriver(buildTopology(), {
    ...deadLettersTo(topics.deadLetters.name),
    initialWallClockTime: start,
  });
  const clicks = driver.createInputTopic(
    topics.clicks.name,
    topics.clicks.serdes.key,
    topics.clicks.serdes.value,
  );
  const otherClicks = driver.createInputTopic(
    topics.otherClicks.name,
    topics.otherClicks.serdes.key,
    topics.otherClicks.serdes.value,
  );

  clicks.pipeInput('v0', { visitor: 'v0', page: '/', millis: 0 }, { timestamp: start });
  otherClicks.pipeInput(
    'v0',
    { visitor: 'v0', page: '/other', millis: 0 },
    { timestamp: start + 300 },
  );
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

  assert.ok(
    driver
      .createOutputTopic(topics.pairs.name, topics.pairs.serdes.key, topics.pairs.serdes.value)
      .readValues()
      .every((value) => value !== null),
  );
  assert.ok(
    driver
      .createOutputTopic(
        topics.visitSizes.name,
        topics.visitSizes.serdes.key,
        topics.visitSizes.serdes.value,
      )
      .readValues()
      .every((value) => value !== null),
  );
  assert.ok(
    driver
      .createOutputTopic(
        topics.deadLetters.name,
        topics.deadLetters.serdes.key,
        topics.deadLetters.serdes.value,
      )
      .readValues()
      .every((value) => value !== null),
  );
  for (const value of driver
    .createOutputTopic(
      topics.impossible.name,
      topics.impossible.serdes.key,
      topics.impossible.serdes.value,
    )
    .readValues())
    assert.deepEqual(checkClick(value, ''), []);
});

test('writes what it cannot read to the dead letters, with the cause', () => {
  const driver = new TopologyTestDriver(buildTopology(), deadLettersTo(topics.deadLetters.name));
  const bytes = Serdes.bytes();
  const broken = Buffer.from('{');
  driver.createInputTopic(topics.clicks.name, bytes, bytes).pipeInput(Buffer.from('key'), broken);
  const letters = driver.createOutputTopic(topics.deadLetters.name, bytes, bytes).readRecords();
  assert.equal(letters.length, 1);
  assert.deepEqual(letters[0]?.value, broken);
  assert.ok(letters[0]?.headers.some(({ key }) => key === '__streams.errors.exception'));
});
