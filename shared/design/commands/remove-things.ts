import type { Design } from '../design.ts';
import { hasId } from '../queries/all-ids.ts';
import { type DesignIndex, indexDesign } from '../queries/index-design.ts';
import { type Reference, referencesIn } from '../references.ts';
import { type Rewrite, rewriteExternal, rewriteOperator, rewriteTopic } from '../rewrite-references.ts';
import type { CommandProblem } from './command-problem.ts';
import type { DesignEdit } from './design-edit.ts';

/** Removes one thing of the kind given, with all that is nothing without it. */
export function removeOne(edit: DesignEdit, kind: keyof DesignIndex, id: string): CommandProblem | null {
  return indexDesign(edit.design)[kind].has(id) ? removeThings(edit, [id]) : { code: 'unknown-id', id };
}

/**
 * Removes things of any kind. What lies inside them goes too, and so do the wires, requests and feeds that are
 * nothing without them; other references to them are cleared. A schema that something else is made of stays, and
 * so does everything: a type cannot be left empty.
 */
export function removeThings(edit: DesignEdit, ids: readonly string[]): CommandProblem | null {
  const { design } = edit;
  const unknown = ids.find((id) => !hasId(design, id));
  if (unknown !== undefined) return { code: 'unknown-id', id: unknown };

  const references = referencesIn(design);
  const gone = withDependants(design, ids, references);
  const inUse = schemaInUse(gone, references);
  if (inUse) return inUse;

  const holders = new Set(references.filter(({ id }) => gone.has(id)).map(({ holder }) => holder));
  removeFrom(edit, gone, new Set([...holders, ...homesOf(design, [...gone, ...holders])]));
  for (const id of gone) {
    delete edit.draft.layout.nodes[id];
    edit.touched.add(id);
  }
  for (const id of holders) edit.touched.add(id);
  return null;
}

function withDependants(
  design: Design,
  ids: readonly string[],
  references: readonly Reference[],
): ReadonlySet<string> {
  const gone = new Set(ids);
  for (const { id, operators, wires } of design.services) {
    if (gone.has(id)) for (const part of [...operators, ...wires]) gone.add(part.id);
  }
  const index = indexDesign(design);
  for (const { id, holder } of references) {
    const dependent = index.wires.has(holder) || index.requests.has(holder) || index.feeds.has(holder);
    if (dependent && gone.has(id)) gone.add(holder);
  }
  return gone;
}

/** The services that hold any of the operators and wires given. */
function homesOf(design: Design, ids: Iterable<string>): readonly string[] {
  const { operators, wires } = indexDesign(design);
  return [...ids].flatMap((id) => (operators.get(id) ?? wires.get(id))?.service.id ?? []);
}

function schemaInUse(gone: ReadonlySet<string>, references: readonly Reference[]): CommandProblem | null {
  const uses = references.filter(
    ({ kind, id, holder }) => kind === 'schema' && gone.has(id) && !gone.has(holder),
  );
  const [first] = uses;
  if (!first) return null;
  const by = uses.filter(({ id }) => id === first.id).map(({ holder }) => holder);
  return { code: 'in-use', id: first.id, by: [...new Set(by)] };
}

/** `affected`: the ids of what stays but must change. */
function removeFrom(
  { design, draft }: DesignEdit,
  gone: ReadonlySet<string>,
  affected: ReadonlySet<string>,
): void {
  const rewrite: Rewrite = (_, id) => (gone.has(id) ? null : id);
  const remaining = <T extends { readonly id: string }>(list: readonly T[], cleared?: (thing: T) => T): T[] =>
    list
      .filter(({ id }) => !gone.has(id))
      .map((thing) => (cleared && affected.has(thing.id) ? cleared(thing) : thing));

  const services = remaining(design.services, (service) => ({
    ...service,
    operators: remaining(service.operators, (operator) => rewriteOperator(operator, rewrite)),
    wires: remaining(service.wires),
  }));
  setList(design.services, services, (list) => (draft.services = list));
  const topics = remaining(design.topics, (topic) => rewriteTopic(topic, rewrite));
  const externals = remaining(design.externals, (external) => rewriteExternal(external, rewrite));
  setList(design.topics, topics, (list) => (draft.topics = list));
  setList(design.externals, externals, (list) => (draft.externals = list));
  setList(design.schemas, remaining(design.schemas), (list) => (draft.schemas = list));
  setList(design.requests, remaining(design.requests), (list) => (draft.requests = list));
  setList(design.feeds, remaining(design.feeds), (list) => (draft.feeds = list));
  setList(design.notes, remaining(design.notes), (list) => (draft.notes = list));
}

/** Sets a list as a whole, which makes one patch where taking out one entry would make one for each behind it. */
function setList<T>(before: readonly T[], after: T[], set: (list: T[]) => void): void {
  if (after.length !== before.length || after.some((thing, at) => thing !== before[at])) set(after);
}
