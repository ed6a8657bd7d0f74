import type { Result } from '../../base/result.ts';
import type { ShapeProblem } from '../parse/shape-problems.ts';

/**
 * One step of the format: a document of version `from` becomes one of `from + 1`. It is given any JSON object
 * that says it has that version, must not throw, and never changes once it was published.
 */
export interface Migration {
  readonly from: number;
  readonly migrate: (document: object) => Result<object, ShapeProblem>;
}
