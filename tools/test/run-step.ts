import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Outcome } from './outcome.ts';
import { readReport } from './read-report.ts';
import { type CommandEnd, runCommand } from './run-command.ts';
import type { Step } from './steps.ts';

/** Runs one step and says what came of it; it never passes in silence. */
export async function runStep(
  step: Step,
  root: string,
  output: 'shown' | 'dropped' = 'shown',
): Promise<Outcome> {
  const reportFile = path.join(root, '.local/test', `${step.name}.json`);
  mkdirSync(path.dirname(reportFile), { recursive: true });
  rmSync(reportFile, { force: true });
  const end = await runCommand({
    args: step.report === 'vitest' ? [...step.args, `--outputFile.json=${reportFile}`] : step.args,
    cwd: root,
    env: {
      PATH: `${path.join(root, 'node_modules/.bin')}${path.delimiter}${process.env.PATH ?? ''}`,
      PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile,
      // Some tools colour what nobody looks at, and a log of escape codes cannot be read.
      ...(process.stdout.isTTY ? {} : { NO_COLOR: '1' }),
    },
    timeLimitMs: step.timeLimitMs,
    output,
  });
  const outcome = step.report ? readReport(step.report, reportFile, root) : toCheckOutcome(step, end);
  return withDoubts(step, end, outcome);
}

function toCheckOutcome(step: Step, end: CommandEnd): Outcome {
  return end.code === 0
    ? { passed: 1, failed: [], skipped: [] }
    : { passed: 0, failed: [step.heading], skipped: [] };
}

// A runner that was stopped, crashed, or found nothing to run must not look like one whose tests passed.
function withDoubts(step: Step, { code, timedOut }: CommandEnd, outcome: Outcome | undefined): Outcome {
  const { passed, failed, skipped } = outcome ?? { passed: 0, failed: [], skipped: [] };
  const fail = (reason: string) => ({ passed, failed: [...failed, `${step.heading}: ${reason}`], skipped });
  if (timedOut) return fail(`ended because it took longer than ${step.timeLimitMs / 60_000} min`);
  if (!outcome) return fail(`ended with exit code ${code} and without a report`);
  if (passed + failed.length === 0) return fail('ran no test');
  if (code !== 0 && failed.length === 0) return fail(`exit code ${code} though no test failed, see above`);
  return outcome;
}
