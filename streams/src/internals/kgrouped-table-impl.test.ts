import { expect, test } from 'vitest';
import { groupedTableScenarios } from '../../test/grouped-table-scenarios.ts';
import { recordedAnswers, runScenario } from '../../test/table-scenario.ts';

test.each(groupedTableScenarios)('grouped tables as recorded from Kafka Streams 4.3.1: $name', (scenario) => {
  expect(runScenario(scenario)).toEqual(recordedAnswers('grouped-tables-4.3.1.txt', scenario.name));
});
