import { assertNever } from '#shared/base/assert-never.ts';
import type { SingleCommand } from '#shared/design/commands/command.ts';
import type { Design } from '#shared/design/design.ts';
import { indexDesign } from '#shared/design/queries/index-design.ts';
import type { EdgeMeaning } from './scene-types.ts';

/** The commands that take a selection of nodes and edges away. */
export function planRemoval(
  design: Design,
  nodes: readonly string[],
  edges: readonly EdgeMeaning[],
): readonly SingleCommand[] {
  const gone = new Set(nodes);
  const lines = edges.filter((edge) => !endsOf(edge).some((id) => gone.has(id)));
  const cuts = lines.flatMap((edge) => cut(design, edge));
  return nodes.length === 0 ? cuts : [...cuts, { do: 'remove', ids: [...nodes] }];
}

function endsOf(edge: EdgeMeaning): readonly string[] {
  return Object.entries(edge).flatMap(([field, id]) => (field === 'is' ? [] : [String(id)]));
}

function cut(design: Design, edge: EdgeMeaning): readonly SingleCommand[] {
  switch (edge.is) {
    case 'wire':
      return [{ do: 'disconnect', wire: edge.wire }];
    case 'request':
      return [{ do: 'removeRequest', request: edge.request }];
    case 'reads':
    case 'writes':
      return cutTopic(design, edge.operator, edge.topic);
    case 'operatorExternal': {
      const operator = indexDesign(design).operators.get(edge.operator)?.operator;
      return operator !== undefined && 'external' in operator
        ? [{ do: 'updateOperator', operator: { ...operator, external: null } }]
        : [];
    }
    case 'externalWrites':
    case 'externalReads':
      return cutExternal(
        design,
        edge.external,
        edge.topic,
        edge.is === 'externalWrites' ? 'writes' : 'reads',
      );
    default:
      return assertNever(edge, 'edge');
  }
}

function cutTopic(design: Design, id: string, topic: string): readonly SingleCommand[] {
  const operator = indexDesign(design).operators.get(id)?.operator;
  if (operator === undefined || !('topic' in operator)) {
    return [];
  }
  const cleared = operator.topic === topic ? { ...operator, topic: null } : operator;
  const next =
    cleared.kind === 'sink' && cleared.routes !== undefined
      ? { ...cleared, routes: cleared.routes.filter((route) => route !== topic) }
      : cleared;
  return [{ do: 'updateOperator', operator: next }];
}

function cutExternal(
  design: Design,
  id: string,
  topic: string,
  field: 'reads' | 'writes',
): readonly SingleCommand[] {
  const external = indexDesign(design).externals.get(id);
  const rest = external?.[field]?.filter((each) => each !== topic) ?? [];
  return external === undefined
    ? []
    : [{ do: 'updateExternal', external: id, changes: { [field]: rest.length === 0 ? undefined : rest } }];
}
