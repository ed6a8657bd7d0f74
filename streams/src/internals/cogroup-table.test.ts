import { expect, test } from 'vitest';
import { readScenarios, runScenario } from '../../test/window-scenario.ts';

test.each(readScenarios('cogroups-4.3.1.txt'))(
  'cogroups as recorded from Kafka Streams 4.3.1: $name',
  (scenario) => {
    expect(runScenario(scenario)).toEqual(scenario.answers);
  },
);
