import type { ReportKind } from './read-report.ts';

export interface Step {
  readonly name: string;
  readonly heading: string;
  /** What Node runs, as arguments; the first is a tool of node_modules/.bin or a file of ours. */
  readonly args: readonly string[];
  readonly timeLimitMs: number;
  /** The report it writes; a step without one is a check and counts as one test. */
  readonly report?: ReportKind;
}

const MINUTE = 60_000;
const bin = (tool: string) => `node_modules/.bin/${tool}`;
// Biome colours a log as well, unless told not to.
const colors = process.stdout.isTTY ? 'force' : 'off';

/** Everything `npm test` runs, in this order: what is fast and points at the cause comes first. */
export const STEPS: readonly Step[] = [
  { name: 'types', heading: 'Types', args: [bin('tsc'), '-b'], timeLimitMs: 5 * MINUTE },
  {
    name: 'lint',
    heading: 'Lint and format',
    args: [bin('biome'), 'ci', '--diagnostic-level=warn', `--colors=${colors}`],
    timeLimitMs: 2 * MINUTE,
  },
  {
    name: 'architecture',
    heading: 'Who imports whom',
    args: ['tools/architecture/check.ts'],
    timeLimitMs: 2 * MINUTE,
  },
  { name: 'unused', heading: 'Unused code', args: [bin('knip')], timeLimitMs: 2 * MINUTE },
  {
    name: 'unit',
    heading: 'Unit and golden tests',
    args: vitest('unit'),
    timeLimitMs: 10 * MINUTE,
    report: 'vitest',
  },
  { name: 'build', heading: 'Web bundle', args: [bin('vite'), 'build'], timeLimitMs: 5 * MINUTE },
  {
    name: 'kafka',
    heading: 'Tests on real Kafka',
    args: vitest('kafka'),
    timeLimitMs: 20 * MINUTE,
    report: 'vitest',
  },
  {
    name: 'conformance',
    heading: 'Every case on Kafka Streams itself, and beside it',
    args: ['streams/conformance/cli.ts'],
    timeLimitMs: 10 * MINUTE,
  },
  {
    name: 'random',
    heading: 'Random topologies on Kafka Streams itself, and beside it',
    args: ['streams/conformance/cli.ts', '--random', '1000', '--seed', '431'],
    timeLimitMs: 10 * MINUTE,
  },
  {
    name: 'browser',
    heading: 'Tests in a real browser',
    args: [bin('playwright'), 'test', '--config', 'e2e/playwright.config.ts', '--reporter=list,json'],
    timeLimitMs: 20 * MINUTE,
    report: 'playwright',
  },
];

function vitest(project: string): string[] {
  return [bin('vitest'), 'run', '--project', project, '--reporter=dot', '--reporter=json'];
}
