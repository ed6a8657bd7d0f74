import { z } from 'zod';
import { freeId } from '../../base/ids.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { type ShapeProblem, shapeProblems } from '../parse/shape-problems.ts';
import type { Migration } from './migration.ts';

/**
 * Version 0, the early draft of the format. It differs from version 1 in this:
 * - a topic has `retention`, the text "forever" or a number with a unit ("7d", "12h", "30m", "45s"), and
 *   `compacted`; it has no role, no replication and no formats: its key and value are types;
 * - `connections` of the whole design in place of wires in each service: `from` and `to` are "operator" or
 *   "operator.port";
 * - a service has no application id (its id served), no guarantee and no number of instances;
 * - `positions` in place of the layout: [x, y] by id;
 * - no externals, requests, feeds or notes.
 * Schemas and operators are as in version 1 and go through untouched.
 */
const DraftTopic = z.strictObject({
  id: z.string(),
  name: z.string(),
  partitions: z.number(),
  retention: z.string().regex(/^(forever|[0-9]{1,6}[dhms])$/, 'a retention is "forever" or like "7d"'),
  compacted: z.boolean().optional(),
  key: z.unknown(),
  value: z.unknown(),
});

const DraftService = z.strictObject({
  id: z.string(),
  name: z.string(),
  operators: z.array(z.looseObject({ id: z.string() })),
});

const DraftDesign = z.strictObject({
  format: z.string(),
  version: z.literal(0),
  name: z.string(),
  schemas: z.array(z.looseObject({ id: z.string() })).optional(),
  topics: z.array(DraftTopic),
  services: z.array(DraftService),
  connections: z.array(z.strictObject({ from: z.string(), to: z.string() })),
  positions: z.record(z.string(), z.tuple([z.number(), z.number()])).optional(),
});
type DraftDesign = z.infer<typeof DraftDesign>;

export const fromVersion0: Migration = {
  from: 0,
  migrate: (document): Result<object, ShapeProblem> => {
    const draft = DraftDesign.safeParse(document);
    if (draft.success) return toVersion1(draft.data);
    const [first] = shapeProblems(draft.error, document);
    return err(first ?? { path: '', message: 'This is not a design of format version 0.' });
  },
};

function toVersion1(draft: DraftDesign): Result<object, ShapeProblem> {
  const homes = new Map(
    draft.services.flatMap(({ id, operators }) => operators.map((each) => [each.id, id])),
  );
  const lost = draft.connections.findIndex(({ from }) => !homes.has(endOf(from, 'out').operator));
  if (lost >= 0) {
    return err({ path: `connections[${lost}].from`, message: 'There is no operator of this name.' });
  }
  const wires = wiresOf(draft);
  return ok({
    format: draft.format,
    version: 1,
    name: draft.name,
    schemas: draft.schemas ?? [],
    topics: draft.topics.map(toTopic),
    services: draft.services.map(({ id, name, operators }) => ({
      id,
      name,
      applicationId: id,
      guarantee: 'at_least_once',
      instances: 1,
      operators,
      wires: wires.filter((wire) => homes.get(wire.from.operator) === id),
    })),
    externals: [],
    requests: [],
    feeds: [],
    notes: [],
    layout: {
      nodes: Object.fromEntries(Object.entries(draft.positions ?? {}).map(([id, [x, y]]) => [id, { x, y }])),
    },
  });
}

function toTopic({ id, name, partitions, retention, compacted, key, value }: DraftDesign['topics'][number]) {
  return {
    id,
    name,
    role: 'event',
    partitions,
    replication: 1,
    cleanup: compacted ? 'compact' : 'delete',
    retentionMs: retentionMs(retention),
    key: { type: key },
    value: { type: value },
  };
}

const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function retentionMs(retention: string): number | null {
  const unit = unitMs[retention.at(-1) ?? ''];
  return retention === 'forever' || unit === undefined ? null : Number.parseInt(retention, 10) * unit;
}

function wiresOf(draft: DraftDesign) {
  const taken = new Set([
    ...(draft.schemas ?? []).map(({ id }) => id),
    ...draft.topics.map(({ id }) => id),
    ...draft.services.flatMap(({ id, operators }) => [id, ...operators.map((operator) => operator.id)]),
  ]);
  return draft.connections.map((connection) => {
    const from = endOf(connection.from, 'out');
    const to = endOf(connection.to, 'in');
    const id = freeId(`${from.operator} to ${to.operator}`, taken);
    taken.add(id);
    return { id, from, to };
  });
}

function endOf(text: string, usualPort: string): { operator: string; port: string } {
  const dot = text.indexOf('.');
  return dot < 0
    ? { operator: text, port: usualPort }
    : { operator: text.slice(0, dot), port: text.slice(dot + 1) };
}
