import type { ShapeProblem } from '../parse/shape-problems.ts';
import type { ConnectProblem } from '../queries/can-connect.ts';
import type { ReferenceKind } from '../references.ts';

/** Why a command does not apply. The design is then as it was. */
export type CommandProblem =
  /** The command itself does not have its shape. */
  | { readonly code: 'not-a-command'; readonly problems: readonly ShapeProblem[] }
  /** What the command is about is not there. */
  | { readonly code: 'unknown-id'; readonly id: string }
  | { readonly code: 'id-taken'; readonly id: string }
  /** What the command brings refers to something that is not there. */
  | {
      readonly code: 'unknown-reference';
      readonly kind: ReferenceKind;
      readonly id: string;
      readonly path: string;
    }
  /** The thing changed would no longer have its shape. */
  | { readonly code: 'not-valid'; readonly problems: readonly ShapeProblem[] }
  /** An operator stays of the kind it is. */
  | { readonly code: 'kind-differs'; readonly id: string; readonly is: string }
  | { readonly code: 'cannot-connect'; readonly problem: ConnectProblem }
  /** Others name it: the ids of what does. */
  | { readonly code: 'in-use'; readonly id: string; readonly by: readonly string[] }
  | { readonly code: 'too-many'; readonly of: string; readonly limit: number };
