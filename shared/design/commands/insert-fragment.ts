import { z } from 'zod';
import { freeId } from '../../base/ids.ts';
import type { Design, Schema } from '../design.ts';
import type { Operator } from '../operators/registry.ts';
import { exists } from '../parse/integrity-problems.ts';
import { allIds, hasId } from '../queries/all-ids.ts';
import { indexDesign } from '../queries/index-design.ts';
import {
  type Rewrite,
  rewriteExternal,
  rewriteFeed,
  rewriteOperator,
  rewriteRequest,
  rewriteSchema,
  rewriteService,
  rewriteTopic,
  rewriteWire,
} from '../rewrite-references.ts';
import { Id } from '../types.ts';
import { type DesignEdit, defineCommand, placeBox, placeOf } from './design-edit.ts';
import { Fragment } from './fragment.ts';

/**
 * Pastes a fragment. Ids and names that are taken get a number behind them, references inside follow; references
 * to what is not in the fragment stay where the design has it, and are cleared where not. `service` takes the
 * fragment's loose operators; `offset` moves its boxes.
 */
export const insertFragment = defineCommand({
  schema: z.strictObject({
    do: z.literal('insertFragment'),
    fragment: Fragment,
    service: Id.optional(),
    offset: z.strictObject({ x: z.number(), y: z.number() }),
  }),
  apply: (edit, { fragment, service, offset }) => {
    const at = service === undefined ? null : placeOf(edit.design.services, service);
    if (service !== undefined && at === null) return { code: 'unknown-id', id: service };
    if (at === null && fragment.operators.length > 0) {
      const path = 'service';
      return { code: 'not-a-command', problems: [{ path, message: 'Operators need a service to go into.' }] };
    }
    const ids = newIds(edit.design, fragment);
    insertInto(edit, withNewNames(edit.design, renamed(edit.design, fragment, ids), at), at);
    for (const [id, box] of Object.entries(fragment.boxes)) {
      const placed = ids.get(id);
      if (placed === undefined || hasId(edit.design, placed)) continue;
      placeBox(edit, placed, { ...box, x: box.x + offset.x, y: box.y + offset.y });
    }
    return null;
  },
});

/** The new id of each thing in a fragment. A schema that the design has in the same words is not made again. */
function newIds(design: Design, fragment: Fragment): ReadonlyMap<string, string> {
  const taken = new Set(allIds(design));
  const ids = new Map<string, string>();
  for (const { id } of thingsIn(fragment)) {
    const same = fragment.schemas.some((schema) => schema.id === id && isKnown(design, schema));
    const next = same || !taken.has(id) ? id : freeId(id.replace(/-[0-9]+$/, ''), taken);
    taken.add(next);
    ids.set(id, next);
  }
  return ids;
}

function* thingsIn(fragment: Fragment): Generator<{ readonly id: string }> {
  const { schemas, topics, services, operators, wires, externals, requests, feeds, notes } = fragment;
  yield* [schemas, topics, services, operators, wires, externals, requests, feeds, notes].flat();
  for (const service of services) yield* [...service.operators, ...service.wires];
}

function isKnown(design: Design, schema: Schema): boolean {
  const known = indexDesign(design).schemas.get(schema.id);
  return known !== undefined && JSON.stringify(known) === JSON.stringify(schema);
}

function renamed(design: Design, fragment: Fragment, ids: ReadonlyMap<string, string>): Fragment {
  const rewrite: Rewrite = (kind, id) => {
    const next = ids.get(id);
    if (next !== undefined) return next;
    return kind !== 'operator' && exists(design, { kind, id }) ? id : null;
  };
  const withId = <T extends { readonly id: string }>(thing: T): T => ({
    ...thing,
    id: ids.get(thing.id) ?? thing.id,
  });
  const unknownSchemas = fragment.schemas.filter((schema) => !isKnown(design, schema));
  return {
    schemas: unknownSchemas.map((schema) => withId(rewriteSchema(schema, rewrite))),
    topics: fragment.topics.map((topic) => withId(rewriteTopic(topic, rewrite))),
    services: fragment.services.map((service) => {
      const { operators, wires, ...rest } = rewriteService(service, rewrite);
      return { ...withId(rest), operators: operators.map(withId), wires: wires.map(withId) };
    }),
    operators: fragment.operators.map((operator) => withId(rewriteOperator(operator, rewrite))),
    wires: fragment.wires.flatMap((wire) => rewriteWire(wire, rewrite) ?? []).map(withId),
    externals: fragment.externals.map((external) => withId(rewriteExternal(external, rewrite))),
    requests: fragment.requests.flatMap((request) => rewriteRequest(request, rewrite) ?? []).map(withId),
    feeds: fragment.feeds.flatMap((feed) => rewriteFeed(feed, rewrite) ?? []).map(withId),
    notes: fragment.notes.map(withId),
    boxes: {},
  };
}

/** Two topics of one name, two services of one application id or two stores of one name would be one on Kafka. */
function withNewNames(design: Design, fragment: Fragment, serviceAt: number | null): Fragment {
  const topicNames = new Set(design.topics.map(({ name }) => name));
  const applicationIds = new Set(design.services.map(({ applicationId }) => applicationId));
  const typeNames = new Set(design.schemas.map(({ name }) => name));
  const home = serviceAt === null ? [] : (design.services[serviceAt]?.operators ?? []);
  const stores = new Set(home.flatMap((operator) => storeOf(operator) ?? []));
  return {
    ...fragment,
    schemas: fragment.schemas.map((schema) => ({ ...schema, name: freeName(schema.name, '', typeNames) })),
    topics: fragment.topics.map((topic) => ({ ...topic, name: freeName(topic.name, '-', topicNames) })),
    services: fragment.services.map((service) => ({
      ...service,
      applicationId: freeName(service.applicationId, '-', applicationIds),
    })),
    operators: fragment.operators.map((operator) => {
      const store = storeOf(operator);
      return store === null ? operator : { ...operator, store: freeName(store, '', stores) };
    }),
  };
}

function storeOf(operator: Operator): string | null {
  return 'store' in operator ? operator.store : null;
}

/** The name, or the first free one with a number behind it; it is taken from then on. */
function freeName(name: string, separator: string, taken: Set<string>): string {
  let free = name;
  for (let count = 2; taken.has(free); count += 1) free = `${name}${separator}${count}`;
  taken.add(free);
  return free;
}

function insertInto({ draft, touched }: DesignEdit, fragment: Fragment, serviceAt: number | null): void {
  draft.schemas.push(...fragment.schemas);
  draft.topics.push(...fragment.topics);
  draft.services.push(...fragment.services);
  draft.externals.push(...fragment.externals);
  draft.requests.push(...fragment.requests);
  draft.feeds.push(...fragment.feeds);
  draft.notes.push(...fragment.notes);
  const service = serviceAt === null ? undefined : draft.services[serviceAt];
  service?.operators.push(...fragment.operators);
  service?.wires.push(...fragment.wires);
  for (const { id } of thingsIn(fragment)) touched.add(id);
}
