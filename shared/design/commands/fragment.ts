import { z } from 'zod';
import {
  Box,
  type Design,
  External,
  Feed,
  NoteBox,
  Request,
  Schema,
  Service,
  Topic,
  Wire,
} from '../design.ts';
import { Operator } from '../operators/registry.ts';
import { type Reference, referencesIn } from '../references.ts';
import { Id } from '../types.ts';

/** A part of a design, as copy and paste carry it. `operators` and `wires` are of services not copied whole. */
export const Fragment = z.strictObject({
  schemas: z.array(Schema),
  topics: z.array(Topic),
  services: z.array(Service),
  operators: z.array(Operator),
  wires: z.array(Wire),
  externals: z.array(External),
  requests: z.array(Request),
  feeds: z.array(Feed),
  notes: z.array(NoteBox),
  boxes: z.record(Id, Box),
});
export type Fragment = z.infer<typeof Fragment>;

/**
 * The part of a design that is selected, with what belongs to it: a service's content, wires and requests
 * between things selected, feeds into them, and the schemas that they are made of.
 */
export function copyFragment(design: Design, selected: Iterable<string>): Fragment {
  const references = referencesIn(design);
  const taken = withContent(design, new Set(selected));
  const isTaken = ({ id }: { readonly id: string }) => taken.has(id);
  const byHolder = Map.groupBy(references, ({ holder }) => holder);
  const within = ({ id }: { readonly id: string }) => {
    const own = byHolder.get(id) ?? [];
    return own.length > 0 && own.every((reference) => taken.has(reference.id));
  };
  const loose = design.services.filter((service) => !isTaken(service));
  const parts = {
    topics: design.topics.filter(isTaken),
    services: design.services.filter(isTaken),
    operators: loose.flatMap(({ operators }) => operators.filter(isTaken)),
    wires: loose.flatMap(({ wires }) => wires.filter(within)),
    externals: design.externals.filter(isTaken),
    requests: design.requests.filter(within),
    feeds: design.feeds.filter(within),
    notes: design.notes.filter(isTaken),
  };
  for (const thing of [...parts.feeds, ...parts.requests, ...parts.wires]) taken.add(thing.id);
  addSchemas(taken, byHolder);
  const boxes = Object.entries(design.layout.nodes).filter(([id]) => taken.has(id));
  return { ...parts, schemas: design.schemas.filter(isTaken), boxes: Object.fromEntries(boxes) };
}

function withContent(design: Design, ids: Set<string>): Set<string> {
  for (const service of design.services) {
    if (!ids.has(service.id)) continue;
    for (const part of [...service.operators, ...service.wires]) ids.add(part.id);
  }
  return ids;
}

/** Adds the schemas that what is taken is made of, and those that they are made of in turn. */
function addSchemas(taken: Set<string>, byHolder: ReadonlyMap<string, readonly Reference[]>): void {
  for (const id of taken) {
    for (const reference of byHolder.get(id) ?? []) if (reference.kind === 'schema') taken.add(reference.id);
  }
}
