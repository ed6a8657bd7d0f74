import { err, ok, type Result } from '../../base/result.ts';
import type { DesignProblem } from '../parse/design-problem.ts';
import { migrations } from './migrations.ts';

/** Takes a document through every migration from its version on. */
export function migrate(document: object, version: number): Result<object, DesignProblem> {
  let current = document;
  for (const step of migrations) {
    if (step.from < version) continue;
    const next = step.migrate(current);
    if (!next.ok) return err({ code: 'migration-failed', from: step.from, ...next.error });
    current = next.value;
  }
  return ok(current);
}
