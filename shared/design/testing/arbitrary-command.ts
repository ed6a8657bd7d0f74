import fc from 'fast-check';
import type { Command, CommandName, SingleCommand } from '../commands/command.ts';
import { copyFragment } from '../commands/fragment.ts';
import type { Design, Topic } from '../design.ts';
import { allIds } from '../queries/all-ids.ts';
import { indexDesign } from '../queries/index-design.ts';
import {
  anyBox,
  arbitraryExternal,
  arbitraryFeed,
  arbitraryNote,
  arbitrarySchema,
  arbitraryService,
  arbitraryTopic,
  feedTargets,
  fittingWires,
} from './arbitrary-design.ts';
import { anyText, arbitraryOperator, arbitraryOperatorOf, type World } from './arbitrary-operator.ts';

/**
 * Any command on a design: most of them apply, some name what is not there or what is taken, as a script or a
 * stale view might. All names of commands come up.
 */
export function arbitraryCommand(design: Design): fc.Arbitrary<Command> {
  const single = arbitrarySingle(design);
  const batch = fc
    .array(single, { minLength: 1, maxLength: 3 })
    .map((commands): Command => ({ do: 'batch', commands }));
  return fc.oneof({ weight: 9, arbitrary: single }, { weight: 1, arbitrary: batch });
}

function arbitrarySingle(design: Design): fc.Arbitrary<SingleCommand> {
  const world: World = {
    schemas: design.schemas.map(({ id }) => id),
    topics: design.topics.map(({ id }) => id),
    services: design.services.map(({ id }) => id),
    externals: design.externals.map(({ id }) => id),
  };
  const names = Object.keys(makers) as CommandName[];
  return fc.constantFrom(...names).chain((name) => makers[name](design, world));
}

type Maker = (design: Design, world: World) => fc.Arbitrary<SingleCommand>;

/** An id of the list, and now and then one that names nothing. */
function idFrom(ids: readonly string[]): fc.Arbitrary<string> {
  const stray = fc.constant('nobody');
  if (ids.length === 0) return stray;
  return fc.oneof({ weight: 15, arbitrary: fc.constantFrom(...ids) }, { weight: 1, arbitrary: stray });
}

function idOf(kind: keyof ReturnType<typeof indexDesign>): (design: Design) => fc.Arbitrary<string> {
  return (design) => idFrom([...indexDesign(design)[kind].keys()]);
}

/** An id that is mostly free. */
const newId = fc.nat({ max: 60 }).map((number) => `new-${number}`);
const schemaId = idOf('schemas');
const topicId = idOf('topics');
const serviceId = idOf('services');
const operatorId = idOf('operators');
const wireId = idOf('wires');
const externalId = idOf('externals');
const requestId = idOf('requests');
const feedId = idOf('feeds');
const noteId = idOf('notes');
const maybeBox = fc.option(anyBox, { nil: undefined });

const makers: { readonly [N in CommandName]: Maker } = {
  addTopic: (_, world) =>
    newId.chain((id) =>
      fc.record({ do: fc.constant('addTopic' as const), topic: arbitraryTopic(world, id), box: maybeBox }),
    ),
  updateTopic: (design, world) =>
    fc
      .tuple(topicId(design), arbitraryTopic(world, 'any'), fc.boolean())
      .map(([topic, { id, ...changes }, clears]): SingleCommand => {
        const cleared: Partial<Topic> = clears ? { note: undefined, config: undefined } : {};
        return { do: 'updateTopic', topic, changes: { ...changes, ...cleared } };
      }),
  removeTopic: (design) => fc.record({ do: fc.constant('removeTopic' as const), topic: topicId(design) }),
  addService: (_, world) =>
    newId.chain((id) =>
      fc.record({
        do: fc.constant('addService' as const),
        service: arbitraryService(world, id),
        box: maybeBox,
      }),
    ),
  updateService: (design) =>
    fc
      .tuple(
        serviceId(design),
        anyText,
        fc.option(anyText, { nil: undefined }),
        fc.integer({ min: 0, max: 9 }),
      )
      .map(([service, name, team, instances]) => ({
        do: 'updateService',
        service,
        changes: { name, team, instances },
      })),
  removeService: (design) =>
    fc.record({ do: fc.constant('removeService' as const), service: serviceId(design) }),
  addOperator: (design, world) =>
    newId.chain((id) =>
      fc.record({
        do: fc.constant('addOperator' as const),
        service: serviceId(design),
        operator: arbitraryOperator(world, id),
        box: maybeBox,
      }),
    ),
  updateOperator: (design, world) =>
    operatorId(design).chain((id) => {
      const kind = indexDesign(design).operators.get(id)?.operator.kind ?? 'filter';
      const operator = fc.oneof(
        { weight: 9, arbitrary: arbitraryOperatorOf(world, id, kind) },
        { weight: 1, arbitrary: arbitraryOperator(world, id) },
      );
      return operator.map((next) => ({ do: 'updateOperator', operator: next }));
    }),
  removeOperator: (design) =>
    fc.record({ do: fc.constant('removeOperator' as const), operator: operatorId(design) }),
  connect: (design) => {
    const fitting = fittingWires(design);
    const end = fc.record({
      operator: operatorId(design),
      port: fc.constantFrom('in', 'out', 'left', 'first'),
    });
    const blind = fc.record({ from: end, to: end });
    const ends = fitting.length === 0 ? blind : fc.oneof(fc.constantFrom(...fitting), blind);
    return ends.map(({ from, to }) => ({ do: 'connect', from, to }));
  },
  disconnect: (design) => fc.record({ do: fc.constant('disconnect' as const), wire: wireId(design) }),
  addExternal: (_, world) =>
    newId.chain((id) =>
      fc.record({
        do: fc.constant('addExternal' as const),
        external: arbitraryExternal(world, id),
        box: maybeBox,
      }),
    ),
  updateExternal: (design, world) =>
    fc
      .tuple(externalId(design), arbitraryExternal(world, 'any'))
      .map(([external, { id, ...changes }]) => ({ do: 'updateExternal', external, changes })),
  removeExternal: (design) =>
    fc.record({ do: fc.constant('removeExternal' as const), external: externalId(design) }),
  addRequest: (design) =>
    fc
      .record({ id: newId, from: serviceId(design), to: serviceId(design) })
      .map((request) => ({ do: 'addRequest', request })),
  removeRequest: (design) =>
    fc.record({ do: fc.constant('removeRequest' as const), request: requestId(design) }),
  addSchema: (_, world) =>
    newId.chain((id) =>
      arbitrarySchema({ ...world, schemas: [...world.schemas, id] }, id).map((schema) => ({
        do: 'addSchema',
        schema,
      })),
    ),
  updateSchema: (design, world) =>
    schemaId(design)
      .chain((id) => arbitrarySchema(world, id))
      .map((schema) => ({ do: 'updateSchema', schema })),
  removeSchema: (design) => fc.record({ do: fc.constant('removeSchema' as const), schema: schemaId(design) }),
  addFeed: (design, world) =>
    newId.chain((id) =>
      fc.record({
        do: fc.constant('addFeed' as const),
        feed: arbitraryFeedOf(design, world, id),
        box: maybeBox,
      }),
    ),
  updateFeed: (design, world) =>
    fc
      .tuple(feedId(design), arbitraryFeedOf(design, world, 'any'))
      .map(([feed, { id, ...changes }]) => ({ do: 'updateFeed', feed, changes })),
  removeFeed: (design) => fc.record({ do: fc.constant('removeFeed' as const), feed: feedId(design) }),
  addNote: () =>
    newId.chain((id) =>
      fc.record({ do: fc.constant('addNote' as const), note: arbitraryNote(id), box: maybeBox }),
    ),
  updateNote: (design) =>
    noteId(design)
      .chain(arbitraryNote)
      .map((note) => ({ do: 'updateNote', note })),
  removeNote: (design) => fc.record({ do: fc.constant('removeNote' as const), note: noteId(design) }),
  moveNodes: (design) => arbitraryMoves(design).map((nodes) => ({ do: 'moveNodes', nodes })),
  arrange: (design) => arbitraryMoves(design).map((nodes) => ({ do: 'arrange', nodes })),
  renameDesign: () =>
    fc
      .tuple(anyText, fc.constantFrom(undefined, '', 'What it is for'))
      .map(([name, note]) => ({ do: 'renameDesign', name, note })),
  insertFragment: (design) =>
    fc
      .record({
        ids: fewOf([...allIds(design)]),
        service: fc.option(serviceId(design), { nil: undefined }),
        offset: fc.record({ x: fc.integer({ min: -50, max: 50 }), y: fc.constant(12.5) }),
      })
      .map(({ ids, ...rest }) => ({ do: 'insertFragment', fragment: copyFragment(design, ids), ...rest })),
  remove: (design) =>
    fc
      .array(idFrom([...allIds(design)]), { minLength: 1, maxLength: 4 })
      .map((ids) => ({ do: 'remove', ids })),
};

function arbitraryFeedOf(design: Design, world: World, id: string) {
  const operators = design.services.flatMap((service) => service.operators);
  return arbitraryFeed([...feedTargets(world, operators), { topic: 'nowhere' }], id);
}

/** Few, so that pasting again and again does not double a design each time. */
function fewOf(ids: readonly string[]): fc.Arbitrary<string[]> {
  return fc.subarray([...ids], { maxLength: Math.min(4, ids.length) });
}

function arbitraryMoves(design: Design) {
  return fc.array(fc.record({ id: idFrom([...allIds(design)]), box: anyBox }), { maxLength: 3 });
}
