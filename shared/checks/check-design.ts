import type { Design } from '../design/design.ts';
import type { Diagnostic, Severity } from './diagnostic.ts';
import { ruleCodes } from './rule-codes.ts';
import { ruleRegistry } from './rule-registry.ts';

/**
 * Everything the rules find in a design: errors first, then warnings, then infos; within each in the order of
 * the rules, and within a rule in the order of the file.
 */
export function checkDesign(design: Design): readonly Diagnostic[] {
  const found = ruleCodes.flatMap((code) => {
    const { severity, why, check } = ruleRegistry[code];
    return check(design).map((finding): Diagnostic => ({ code, severity, why, ...finding }));
  });
  return found.toSorted((left, right) => rank[left.severity] - rank[right.severity]);
}

const rank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };
