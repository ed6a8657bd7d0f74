/** Why a text is not a design that can be opened. `message` is one sentence for people. */
export type DesignProblem =
  | { readonly code: 'not-json'; readonly line: number; readonly column: number; readonly message: string }
  /** `path` is where, as in `services[2].operators[0].topic`; empty for the whole. */
  | { readonly code: 'not-a-design'; readonly path: string; readonly message: string }
  | { readonly code: 'too-new'; readonly version: number; readonly message: string }
  | {
      readonly code: 'migration-failed';
      readonly from: number;
      readonly path: string;
      readonly message: string;
    };

/** A problem with its place, on one line. */
export function designProblemText(problem: DesignProblem): string {
  if (problem.code === 'not-json')
    return `Line ${problem.line}, column ${problem.column}: ${problem.message}`;
  const path = 'path' in problem ? problem.path : '';
  return path === '' ? problem.message : `${path}: ${problem.message}`;
}

export function notADesign(path: string, message: string): DesignProblem {
  return { code: 'not-a-design', path, message };
}
