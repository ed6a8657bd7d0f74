import assert from 'node:assert/strict';
import { test } from 'node:test';
import { topics } from '@handlers/events';
import { TopologyTestDriver } from '@millstream/streams/testing';
import { buildTopology } from '../src/generated/topology.js';
import { scoreOf } from '../src/handlers/score-of.js';

const start = Date.UTC(2026, 0, 1);

test('takes sample records, and writes only valid ones', () => {
  const calls: unknown[] = [];
  const driver = new TopologyTestDriver(
    buildTopology({ scoreOf, tell: (input) => void calls.push(input) }),
    { initialWallClockTime: start },
  );
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

  assert.ok(
    driver
      .createOutputTopic(topics.scores.name, topics.scores.serdes.key, topics.scores.serdes.value)
      .readValues()
      .every((value) => value !== null),
  );
});
