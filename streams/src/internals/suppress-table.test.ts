import { expect, test } from 'vitest';
import { readScenarios, runScenario } from '../../test/window-scenario.ts';

test.each(readScenarios('suppress-4.3.1.txt'))(
  'suppress as recorded from Kafka Streams 4.3.1: $name',
  (scenario) => {
    expect(runScenario(scenario)).toEqual(scenario.answers);
  },
);
