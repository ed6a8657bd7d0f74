import { applyCommand } from '../../design/commands/apply-command.ts';
import type { Design } from '../../design/design.ts';
import { indexDesign } from '../../design/queries/index-design.ts';
import type { Severity } from '../diagnostic.ts';
import type { Finding } from '../rule.ts';
import type { RuleCode } from '../rule-codes.ts';
import { ruleRegistry } from '../rule-registry.ts';

/** What one rule finds: `id: message`, with its severity where that is not the rule's own. */
export function findings(design: Design, code: RuleCode): readonly string[] {
  return found(design, code).map(({ where, message, severity }) => {
    const own = severity === undefined || severity === ruleRegistry[code].severity;
    return `${own ? '' : `${severity satisfies Severity} `}${where.id}: ${message}`;
  });
}

/** What the rule still finds after every fix it offers has been applied, each to the design as it then is. */
export function afterFixes(design: Design, code: RuleCode): readonly string[] {
  let current = design;
  for (let round = 0; round < 20; round += 1) {
    const fix = found(current, code).find((finding) => finding.fix)?.fix;
    if (!fix) return findings(current, code);
    for (const command of fix.commands) {
      const result = applyCommand(current, command);
      if (!result.ok) throw new Error(`${fix.title}: ${JSON.stringify(result.error)}`);
      current = result.value.design;
    }
  }
  throw new Error(`The fixes of ${code} do not end`);
}

/** A place names something that is in the design, so that a person can be taken there. */
function found(design: Design, code: RuleCode): readonly Finding[] {
  const all = ruleRegistry[code].check(design);
  const { topics, services, operators, schemas, feeds, externals } = indexDesign(design);
  const known = [topics, services, operators, schemas, feeds, externals].map(
    (map) => map as ReadonlyMap<string, unknown>,
  );
  for (const { where } of all) {
    if (!known.some((map) => map.has(where.id)))
      throw new Error(`${code} points at ${where.id}, which is nothing`);
  }
  return all;
}
