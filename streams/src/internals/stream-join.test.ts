import { expect, test } from 'vitest';
import { readScenarios, runScenario } from '../../test/window-scenario.ts';

test.each(readScenarios('stream-joins-4.3.1.txt'))(
  'joins of streams as recorded from Kafka Streams 4.3.1: $name',
  (scenario) => {
    expect(runScenario(scenario)).toEqual(scenario.answers);
  },
);
