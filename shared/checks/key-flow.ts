import type { Design } from '../design/design.ts';
import type { Operator } from '../design/operators/registry.ts';
import { indexDesign } from '../design/queries/index-design.ts';
import { wiresInto } from '../design/queries/wires.ts';
import { upstreamOf } from './flow.ts';

/** What is known of the partitions of the records that an operator gives. */
export interface KeyFlow {
  /** The key was changed and the records have not been through a repartition topic since. */
  readonly keyChanged: boolean;
  /** The partition counts that are fixed: of topics, and of repartitions that state theirs. */
  readonly partitions: ReadonlySet<number>;
}

const nothing: KeyFlow = { keyChanged: false, partitions: new Set() };
const memo = new WeakMap<Design, Map<string, KeyFlow>>();

/** The key flow of an operator's output. */
export function keyFlowOf(design: Design, operator: Operator): KeyFlow {
  let known = memo.get(design);
  if (!known) {
    known = new Map();
    memo.set(design, known);
  }
  const found = known.get(operator.id);
  if (found) return found;
  known.set(operator.id, nothing);
  const flow = findKeyFlow(design, operator);
  known.set(operator.id, flow);
  return flow;
}

/** The key flow of what is wired to one input. */
export function keyFlowInto(design: Design, operator: Operator, port: string): KeyFlow {
  const { operators } = indexDesign(design);
  const flows = wiresInto(design, operator.id, port).flatMap((wire) => {
    const from = operators.get(wire.from.operator)?.operator;
    return from ? [keyFlowOf(design, from)] : [];
  });
  return mergeFlows(flows);
}

function mergeFlows(flows: readonly KeyFlow[]): KeyFlow {
  return {
    keyChanged: flows.some((flow) => flow.keyChanged),
    partitions: new Set(flows.flatMap((flow) => [...flow.partitions])),
  };
}

function findKeyFlow(design: Design, operator: Operator): KeyFlow {
  const { topics } = indexDesign(design);
  switch (operator.kind) {
    case 'stream':
    case 'table':
    case 'globalTable': {
      const topic = operator.topic === null ? undefined : topics.get(operator.topic);
      return { keyChanged: false, partitions: new Set(topic ? [topic.partitions] : []) };
    }
    case 'repartition':
      return {
        keyChanged: false,
        partitions: new Set(operator.partitions === undefined ? [] : [operator.partitions]),
      };
    case 'join':
      return afterJoin(design, operator, ['left', 'right']);
    case 'gather':
      return afterJoin(design, operator, ['start', 'items']);
    case 'aggregate':
      return afterAggregate(design, operator);
    default: {
      const flow = mergeFlows(upstreamOf(design, operator).map((before) => keyFlowOf(design, before)));
      const changes = operator.kind === 'selectKey' || ('key' in operator && operator.key !== undefined);
      return changes ? { ...flow, keyChanged: true } : flow;
    }
  }
}

/** A side whose key has changed goes through a repartition topic, which takes the partitions of the other side. */
function afterJoin(design: Design, operator: Operator, ports: readonly string[]): KeyFlow {
  if (operator.kind === 'join' && !isCoPartitioned(operator)) {
    return keyFlowInto(design, operator, 'left');
  }
  const flows = ports.map((port) => keyFlowInto(design, operator, port)).filter((flow) => !flow.keyChanged);
  return { ...mergeFlows(flows), keyChanged: false };
}

function afterAggregate(design: Design, operator: Extract<Operator, { kind: 'aggregate' }>): KeyFlow {
  const before = keyFlowInto(design, operator, 'in');
  if (operator.groupBy !== undefined || before.keyChanged) return nothing;
  return before;
}

/** Joins by equal keys in equal partitions; a global table and a foreign key need none of it. */
export function isCoPartitioned(join: Extract<Operator, { kind: 'join' }>): boolean {
  return join.inputs !== 'streamGlobalTable' && join.inputs !== 'foreignKey';
}
