import { expect, test } from 'vitest';
import { tableJoinScenarios } from '../../test/table-join-scenarios.ts';
import { recordedAnswers, runScenario } from '../../test/table-scenario.ts';

test.each(tableJoinScenarios)('joins of tables as recorded from Kafka Streams 4.3.1: $name', (scenario) => {
  expect(runScenario(scenario)).toEqual(recordedAnswers('table-joins-4.3.1.txt', scenario.name));
});
