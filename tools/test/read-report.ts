import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Outcome } from './outcome.ts';

export type ReportKind = 'vitest' | 'playwright';

interface VitestReport {
  readonly testResults: ReadonlyArray<{
    readonly name: string;
    readonly status: string;
    readonly assertionResults: ReadonlyArray<{ readonly fullName: string; readonly status: string }>;
  }>;
}

interface PlaywrightSuite {
  readonly title: string;
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs?: ReadonlyArray<{
    readonly title: string;
    readonly tests: ReadonlyArray<{ readonly projectName?: string; readonly status: string }>;
  }>;
}

interface PlaywrightReport {
  readonly suites: readonly PlaywrightSuite[];
  readonly errors: ReadonlyArray<{ readonly message?: string }>;
}

type Verdict = 'passed' | 'failed' | 'skipped';

/** Reads the JSON report of a test runner; undefined when it wrote none, as a runner that crashed does. */
export function readReport(kind: ReportKind, file: string, root: string): Outcome | undefined {
  if (!existsSync(file)) return undefined;
  const report: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const tests =
    kind === 'vitest'
      ? listVitestTests(report as VitestReport, root)
      : listPlaywrightTests(report as PlaywrightReport);
  const named = (verdict: Verdict) =>
    tests.filter((test) => test.verdict === verdict).map(({ name }) => name);
  return { passed: named('passed').length, failed: named('failed'), skipped: named('skipped') };
}

function listVitestTests(report: VitestReport, root: string): Array<{ name: string; verdict: Verdict }> {
  return report.testResults.flatMap(({ name, status, assertionResults }) => {
    const file = path.relative(root, name);
    const tests = assertionResults.map((test) => ({
      name: `${file} > ${test.fullName}`,
      verdict: toVerdict(test.status, { passed: 'passed', failed: 'failed' }),
    }));
    // A file that could not be loaded, or whose hooks threw, may name no failed test of its own.
    const silent = status === 'failed' && !tests.some(({ verdict }) => verdict === 'failed');
    return silent ? [...tests, { name: file, verdict: 'failed' as const }] : tests;
  });
}

function listPlaywrightTests(report: PlaywrightReport): Array<{ name: string; verdict: Verdict }> {
  const errors = report.errors.map(({ message }) => ({
    name: message?.split('\n')[0] ?? 'an error outside any test',
    verdict: 'failed' as const,
  }));
  return [...report.suites.flatMap((suite) => listSuite(suite, [])), ...errors];
}

function listSuite(
  suite: PlaywrightSuite,
  above: readonly string[],
): Array<{ name: string; verdict: Verdict }> {
  const titles = [...above, suite.title].filter(Boolean);
  const own = (suite.specs ?? []).flatMap(({ title, tests }) =>
    tests.map(({ projectName, status }) => ({
      name: [...(projectName ? [`[${projectName}]`] : []), ...titles, title].join(' > '),
      // A test that passes only when tried again is not one to trust: it counts as failed.
      verdict: toVerdict(status, { expected: 'passed', unexpected: 'failed', flaky: 'failed' }),
    })),
  );
  return [...own, ...(suite.suites ?? []).flatMap((inner) => listSuite(inner, titles))];
}

function toVerdict(status: string, verdicts: Readonly<Record<string, Verdict>>): Verdict {
  return verdicts[status] ?? 'skipped';
}
