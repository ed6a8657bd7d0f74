import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

export interface ImportViolation {
  readonly rule: string;
  readonly comment: string;
  readonly from: string;
  /** What is imported; for a cycle, the whole way round. */
  readonly to: string;
}

export interface CruiseResult {
  readonly modules: number;
  readonly imports: number;
  readonly violations: readonly ImportViolation[];
}

interface CruiseOutput {
  readonly summary: {
    readonly totalCruised: number;
    readonly totalDependenciesCruised: number;
    readonly ruleSetUsed: {
      readonly forbidden: ReadonlyArray<{ readonly name: string; readonly comment: string }>;
    };
    readonly violations: ReadonlyArray<{
      readonly rule: { readonly name: string };
      readonly from: string;
      readonly to: string;
      readonly cycle?: ReadonlyArray<{ readonly name: string }>;
    }>;
  };
}

const FOLDERS = ['app', 'main', 'renderer', 'shared', 'streams', 'tools', 'e2e'];
const MOST_OUTPUT = 256 * 1024 * 1024;
const program = path.resolve(import.meta.dirname, '../../node_modules/.bin/depcruise');

/** Checks the imports of the tree in that folder by the rules of its `.dependency-cruiser.cjs`. */
export async function cruiseTree(root: string): Promise<CruiseResult> {
  const folders = FOLDERS.filter((folder) => existsSync(path.join(root, folder)));
  if (folders.length === 0) throw new Error(`There is nothing to check in ${root}.`);
  const args = [program, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...folders];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, maxBuffer: MOST_OUTPUT });
  const { summary } = JSON.parse(stdout) as CruiseOutput;
  const comments = new Map(summary.ruleSetUsed.forbidden.map(({ name, comment }) => [name, comment]));
  return {
    modules: summary.totalCruised,
    imports: summary.totalDependenciesCruised,
    violations: summary.violations.map(({ rule, from, to, cycle }) => ({
      rule: rule.name,
      comment: comments.get(rule.name) ?? '',
      from,
      to: cycle ? cycle.map(({ name }) => name).join(' → ') : to,
    })),
  };
}
