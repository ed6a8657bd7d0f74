import type { Fix } from './fix.ts';
import type { RuleCode } from './rule-codes.ts';

export type Severity = 'error' | 'warning' | 'info';

export type PlaceKind = 'topic' | 'service' | 'operator' | 'wire' | 'schema' | 'external' | 'feed' | 'design';

/** Where a finding is: the part of the design by id, and where it helps the field of it. */
export interface Place {
  readonly kind: PlaceKind;
  readonly id: string;
  readonly field?: string;
}

export type DiagnosticData = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** One thing that a rule has found in a design. */
export interface Diagnostic {
  readonly code: RuleCode;
  readonly severity: Severity;
  readonly where: Place;
  /** The names and numbers of the finding; for an expression its `start` and `end` in the text. */
  readonly data: DiagnosticData;
  /** One sentence: what, and where. */
  readonly message: string;
  /** One sentence: why it matters. */
  readonly why: string;
  readonly fix?: Fix;
}
