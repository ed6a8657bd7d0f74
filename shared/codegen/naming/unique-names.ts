/** Something to be named: what it would like to be called, and its id, which nothing else has. */
export interface Nameable {
  readonly id: string;
  readonly name: string;
}

export interface NamingRule {
  /** A legal name made of any text; empty when nothing of the text can be used. */
  readonly fromText: (text: string) => string;
  /** A legal name made of an id; different ids give different names. */
  readonly fromId: (id: string) => string;
  /** Two names with the same sign cannot stand side by side (files on a disk that ignores case). */
  readonly sign?: (name: string) => string;
  readonly taken?: ReadonlySet<string>;
}

/**
 * Names for all, by id. A wish that two share is given to neither: both get their id added, so that a name never
 * depends on the order of the drawing.
 */
export function uniqueNames(items: readonly Nameable[], rule: NamingRule): ReadonlyMap<string, string> {
  const candidates = items.map((item) => ({ id: item.id, names: candidateNames(item, rule), level: 0 }));
  for (;;) {
    const clashing = candidates.filter(
      (one) => one.level < one.names.length - 1 && clashes(one, candidates, rule),
    );
    if (clashing.length === 0) break;
    for (const one of clashing) one.level++;
  }
  return new Map(candidates.map((one) => [one.id, nameOf(one)]));
}

interface Candidate {
  readonly id: string;
  readonly names: readonly string[];
  level: number;
}

function candidateNames(item: Nameable, rule: NamingRule): string[] {
  return [rule.fromText(item.name), rule.fromText(`${item.name} ${item.id}`), rule.fromId(item.id)];
}

function clashes(one: Candidate, all: readonly Candidate[], rule: NamingRule): boolean {
  const name = nameOf(one);
  if (name === '' || rule.taken?.has(name)) return true;
  const sign = rule.sign ?? ((text: string) => text);
  return all.some((other) => other !== one && sign(nameOf(other)) === sign(name));
}

function nameOf(candidate: Candidate): string {
  return candidate.names[candidate.level] ?? '';
}
