import type { Design } from '../design/design.ts';
import type { Diagnostic, Severity } from './diagnostic.ts';

/** A finding before its rule's code, severity and reason are added. */
export interface Finding extends Omit<Diagnostic, 'code' | 'severity' | 'why'> {
  /** Only where it differs from the rule's own. */
  readonly severity?: Severity;
}

/** One rule: what it is about, why it matters, and how it is found. Pure: the same design, the same findings. */
export interface Rule {
  /** A few words that name the rule. */
  readonly title: string;
  readonly severity: Severity;
  readonly why: string;
  readonly check: (design: Design) => readonly Finding[];
}
