import path from 'node:path';
import { parseArgs } from 'node:util';
import { addOutcomes, formatCounts, type Outcome } from './outcome.ts';
import { runStep } from './run-step.ts';
import { STEPS, type Step } from './steps.ts';

const root = path.resolve(import.meta.dirname, '../..');
const steps = selectSteps(process.argv.slice(2));

if (typeof steps === 'string') {
  console.error(steps);
  process.exitCode = 2;
} else {
  const total = addOutcomes(await runAll(steps));
  printNames('FAILED', total.failed);
  printNames('SKIPPED', total.skipped);
  if (total.failed.length > 0) process.exitCode = 1;
  console.log(`\n${formatCounts(total)}`);
}

/** The steps that were asked for, or a sentence saying why they cannot be run. */
function selectSteps(argv: string[]): readonly Step[] | string {
  const names = STEPS.map(({ name }) => name);
  const advice = `use --only with one or more of ${names.join(',')}`;
  try {
    const { values } = parseArgs({ args: argv, options: { only: { type: 'string' } } });
    if (values.only === undefined) return STEPS;
    const wanted = values.only.split(',');
    const unknown = wanted.find((name) => !names.includes(name));
    return unknown === undefined
      ? STEPS.filter(({ name }) => wanted.includes(name))
      : `There is no step "${unknown}": ${advice}.`;
  } catch {
    return `These arguments are not understood: ${argv.join(' ')}: ${advice}.`;
  }
}

async function runAll(selected: readonly Step[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const step of selected) {
    console.log(`\n── ${step.heading}`);
    const start = performance.now();
    const outcome = await runStep(step, root);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`   ${step.name}: ${formatCounts(outcome)} in ${seconds} s`);
    outcomes.push(outcome);
  }
  return outcomes;
}

function printNames(title: string, names: readonly string[]): void {
  if (names.length === 0) return;
  console.log(`\n${title}`);
  for (const name of names) console.log(`  ${name}`);
}
