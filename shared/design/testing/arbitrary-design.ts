import fc from 'fast-check';
import type { Box, Design, External, Feed, NoteBox, Request, Schema, Service, Topic } from '../design.ts';
import { keyFormats, topicRoles } from '../design.ts';
import { inputPorts, type Operator, outputPorts } from '../operators/registry.ts';
import { allIds } from '../queries/all-ids.ts';
import { canConnect } from '../queries/can-connect.ts';
import type { PortEnd } from '../queries/port-type.ts';
import {
  anyConfig,
  anyExpression,
  anyMillis,
  anyText,
  arbitraryOperator,
  arbitraryType,
  recordOf,
  type World,
} from './arbitrary-operator.ts';
import { buildDesign } from './build-design.ts';

/**
 * Any design that opens: every kind of thing, every optional field now and then, wires that fit. Small enough
 * to read when a property fails.
 */
export function arbitraryDesign(): fc.Arbitrary<Design> {
  const count = fc.nat({ max: 3 });
  return fc
    .record({ schemas: count, topics: count, services: count, externals: count })
    .map(
      ({ schemas, topics, services, externals }): World => ({
        schemas: idsOf('schema', schemas),
        topics: idsOf('topic', topics),
        services: idsOf('service', services),
        externals: idsOf('external', externals),
      }),
    )
    .chain(arbitraryDesignIn);
}

function arbitraryDesignIn(world: World): fc.Arbitrary<Design> {
  return fc
    .record({
      name: anyText,
      schemas: each(world.schemas, (id) => arbitrarySchema(world, id)),
      topics: each(world.topics, (id) => arbitraryTopic(world, id)),
      services: each(world.services, (id) => arbitraryService(world, id)),
      externals: each(world.externals, (id) => arbitraryExternal(world, id)),
      requests: each(world.services.length > 0 ? idsOf('request', 2) : [], (id) =>
        arbitraryRequest(world, id),
      ),
      notes: each(idsOf('note', 2), arbitraryNote),
    })
    .chain((parts) => {
      const operators = parts.services.flatMap((service) => service.operators);
      const intos = feedTargets(world, operators);
      const feeds = each(intos.length > 0 ? idsOf('feed', 2) : [], (id) => arbitraryFeed(intos, id));
      return feeds.map((made) => buildDesign({ ...parts, feeds: [...made] }));
    })
    .chain((design) => {
      const ids = fc.subarray([...allIds(design)]);
      const boxes = ids.chain((chosen) =>
        fc.tuple(...chosen.map((id) => anyBox.map((box) => [id, box] as const))),
      );
      return boxes.map((nodes) => ({ ...design, layout: { nodes: Object.fromEntries(nodes) } }));
    });
}

const anyCoordinate = fc.integer({ min: -4_000, max: 4_000 }).map((half) => (half === 0 ? 0 : half / 2));
const anyLength = fc.integer({ min: 1, max: 900 });
export const anyBox: fc.Arbitrary<Box> = recordOf<Box>(
  { x: anyCoordinate, y: anyCoordinate, width: anyLength, height: anyLength },
  ['x', 'y'],
);

export function arbitrarySchema(world: World, id: string): fc.Arbitrary<Schema> {
  const name = fc.constantFrom('Order', 'Payment', 'State');
  const field = recordOf<Extract<Schema, { kind: 'record' }>['fields'][number]>(
    {
      name: fc.constantFrom('id', 'amount', 'state'),
      type: arbitraryType(world),
      optional: fc.boolean(),
      note: anyText,
    },
    ['name', 'type'],
  );
  const symbols = fc.uniqueArray(fc.constantFrom('CREATED', 'FAILED', 'DONE'), { minLength: 1 });
  return fc.oneof(
    recordOf<Extract<Schema, { kind: 'record' }>>(
      {
        id: fc.constant(id),
        name,
        kind: fc.constant('record'),
        fields: fc.array(field, { maxLength: 3 }),
        note: anyText,
      },
      ['id', 'name', 'kind', 'fields'],
    ),
    recordOf<Extract<Schema, { kind: 'enum' }>>(
      { id: fc.constant(id), name, kind: fc.constant('enum'), symbols, note: anyText },
      ['id', 'name', 'kind', 'symbols'],
    ),
  );
}

export function arbitraryTopic(world: World, id: string): fc.Arbitrary<Topic> {
  const owner = fc.record(
    { service: fc.constantFrom('', ...world.services), types: fc.array(anyText, { maxLength: 2 }) },
    { noNullPrototype: true },
  );
  return recordOf<Topic>(
    {
      id: fc.constant(id),
      name: fc.constantFrom('orders', 'payments', 'Weird.Name_2'),
      role: fc.constantFrom(...topicRoles),
      partitions: fc.integer({ min: 1, max: 50 }),
      replication: fc.integer({ min: 1, max: 3 }),
      cleanup: fc.constantFrom('delete', 'compact', 'compact,delete'),
      retentionMs: fc.option(anyMillis),
      sourceOfTruth: fc.boolean(),
      private: fc.boolean(),
      key: recordOf<Topic['key']>({ type: arbitraryType(world), format: fc.constantFrom(...keyFormats) }, [
        'type',
      ]),
      value: recordOf<Topic['value']>({ type: arbitraryType(world) }, ['type']),
      config: anyConfig,
      ownership: recordOf<NonNullable<Topic['ownership']>>(
        {
          field: fc.constantFrom('state', 'kind'),
          owners: fc
            .array(owner, { maxLength: world.services.length })
            .map((owners) => owners.filter(({ service }) => service !== '')),
        },
        ['owners'],
      ),
      note: anyText,
    },
    ['id', 'name', 'role', 'partitions', 'replication', 'cleanup', 'retentionMs', 'key', 'value'],
  );
}

/** A service with up to six operators and wires that fit, its operators' ids made from its own. */
export function arbitraryService(world: World, id: string): fc.Arbitrary<Service> {
  const operators = fc
    .nat({ max: 6 })
    .chain((count) => each(idsOf(`${id}-op`, count), (operatorId) => arbitraryOperator(world, operatorId)));
  const service = recordOf<Service>(
    {
      id: fc.constant(id),
      name: anyText,
      applicationId: fc.constantFrom('orders-service', 'fraud', 'View_1'),
      guarantee: fc.constantFrom('at_least_once', 'exactly_once'),
      instances: fc.integer({ min: 1, max: 5 }),
      team: anyText,
      operators: operators.map((made) => [...made]),
      wires: fc.constant([]),
      note: anyText,
    },
    ['id', 'name', 'applicationId', 'guarantee', 'instances', 'operators', 'wires'],
  );
  return fc
    .tuple(service, fc.array(fc.nat(), { maxLength: 5 }))
    .map(([bare, picks]) => picks.reduce<Service>((wired, pick) => withWire(wired, pick), bare));
}

function withWire(service: Service, pick: number): Service {
  const fitting = fittingWires(buildDesign({ services: [service] }));
  const chosen = fitting[pick % Math.max(1, fitting.length)];
  if (!chosen) return service;
  const wire = { id: `${service.id}-wire-${service.wires.length}`, ...chosen };
  return { ...service, wires: [...service.wires, wire] };
}

/** Every wire that could be drawn next. */
export function fittingWires(design: Design): readonly { readonly from: PortEnd; readonly to: PortEnd }[] {
  return design.services.flatMap(({ operators }) => {
    const outputs = operators.flatMap((operator) => endsOf(operator, outputPorts(operator)));
    const inputs = operators.flatMap((operator) => endsOf(operator, inputPorts(operator)));
    return outputs
      .flatMap((from) => inputs.map((to) => ({ from, to })))
      .filter(({ from, to }) => canConnect(design, from, to).ok);
  });
}

function endsOf(operator: Operator, ports: readonly { readonly id: string }[]): readonly PortEnd[] {
  return ports.map((port) => ({ operator: operator.id, port: port.id }));
}

export function arbitraryExternal(world: World, id: string): fc.Arbitrary<External> {
  return recordOf<External>(
    {
      id: fc.constant(id),
      name: anyText,
      kind: fc.constantFrom('database', 'http', 'mail', 'person', 'other'),
      writes: fc.subarray([...world.topics]),
      reads: fc.subarray([...world.topics]),
      note: anyText,
    },
    ['id', 'name', 'kind'],
  );
}

function arbitraryRequest(world: World, id: string): fc.Arbitrary<Request> {
  const service = fc.constantFrom(...world.services);
  return recordOf<Request>({ id: fc.constant(id), from: service, to: service, note: anyText }, [
    'id',
    'from',
    'to',
  ]);
}

export function arbitraryNote(id: string): fc.Arbitrary<NoteBox> {
  return recordOf<NoteBox>({ id: fc.constant(id), text: fc.string() }, ['id', 'text']);
}

/** What a feed may go into: a topic, or an operator that writes what comes over HTTP. */
export function feedTargets(
  world: Pick<World, 'topics'>,
  operators: readonly Operator[],
): readonly Feed['into'][] {
  const gateways = operators.filter((operator) => operator.kind === 'httpWrite');
  return [...world.topics.map((topic) => ({ topic })), ...gateways.map(({ id }) => ({ gateway: id }))];
}

export function arbitraryFeed(intos: readonly Feed['into'][], id: string): fc.Arbitrary<Feed> {
  return recordOf<Feed>(
    {
      id: fc.constant(id),
      name: anyText,
      into: fc.constantFrom(...intos),
      key: anyExpression,
      value: anyExpression,
      perSecond: fc.integer({ min: 0, max: 1_000 }).map((tenths) => tenths / 10),
      count: fc.integer({ min: 1, max: 100 }),
      startAfterMs: anyMillis,
    },
    ['id', 'name', 'into', 'value', 'perSecond'],
  );
}

function idsOf(base: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => `${base}-${at}`);
}

function each<T>(ids: readonly string[], make: (id: string) => fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.tuple(...ids.map(make));
}
