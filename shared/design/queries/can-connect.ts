import { err, ok, type Result } from '../../base/result.ts';
import type { Design, Service } from '../design.ts';
import type { PortType } from '../operators/operator-spec.ts';
import { indexDesign, type PlacedOperator } from './index-design.ts';
import { inputPort, outputPort, type PortEnd } from './port-type.ts';
import { topicsReadBy, topicsWrittenBy } from './topic-use.ts';
import { reachedFrom } from './topological-order.ts';
import { wiresInto } from './wires.ts';

/** Why an output cannot be wired to an input. */
export type ConnectProblem =
  | { readonly code: 'unknown-operator'; readonly operator: string }
  | { readonly code: 'unknown-port'; readonly operator: string; readonly port: string }
  | { readonly code: 'different-services'; readonly from: string; readonly to: string }
  | { readonly code: 'types-differ'; readonly gives: PortType; readonly takes: readonly PortType[] }
  | { readonly code: 'already-connected'; readonly wire: string }
  | { readonly code: 'port-taken'; readonly wire: string }
  | { readonly code: 'cycle' };

/** Whether a wire may be drawn from an output to an input; the value is the service it would belong to. */
export function canConnect(
  design: Design,
  from: PortEnd,
  to: PortEnd,
): Result<{ readonly service: Service }, ConnectProblem> {
  const { operators } = indexDesign(design);
  const source = operators.get(from.operator);
  if (!source) return err({ code: 'unknown-operator', operator: from.operator });
  const target = operators.get(to.operator);
  if (!target) return err({ code: 'unknown-operator', operator: to.operator });
  if (source.service !== target.service) {
    return err({ code: 'different-services', from: source.service.id, to: target.service.id });
  }
  const problem = portProblem(design, { ...from, placed: source }, { ...to, placed: target });
  if (problem) return err(problem);
  if (reachedFrom(source.service, to.operator).has(from.operator)) return err({ code: 'cycle' });
  return ok({ service: source.service });
}

type PlacedEnd = PortEnd & { readonly placed: PlacedOperator };

function portProblem(design: Design, from: PlacedEnd, to: PlacedEnd): ConnectProblem | null {
  const output = outputPort(from.placed.operator, from.port);
  if (!output) return { code: 'unknown-port', operator: from.operator, port: from.port };
  const input = inputPort(to.placed.operator, to.port);
  if (!input) return { code: 'unknown-port', operator: to.operator, port: to.port };

  const gives = output.accepts[0];
  if (gives && !input.accepts.includes(gives)) return { code: 'types-differ', gives, takes: input.accepts };

  const wires = wiresInto(design, to.operator, to.port);
  const same = wires.find((wire) => wire.from.operator === from.operator && wire.from.port === from.port);
  if (same) return { code: 'already-connected', wire: same.id };
  const taken = wires[0];
  return taken && !input.many ? { code: 'port-taken', wire: taken.id } : null;
}

/** Why a topic cannot be connected to an operator. */
export type ConnectTopicProblem =
  | { readonly code: 'unknown-topic'; readonly topic: string }
  | { readonly code: 'unknown-operator'; readonly operator: string }
  /** The operator reads no topic of its own: only a stream, a table, a global table or a connector sink does. */
  | { readonly code: 'not-a-reader'; readonly operator: string }
  /** The operator writes no topic: only a sink, a dead letter, an HTTP write or a connector source does. */
  | { readonly code: 'not-a-writer'; readonly operator: string }
  | { readonly code: 'already-connected' };

/**
 * Whether a line may be drawn between a topic and an operator: `reads`, from the topic to the operator, or
 * `writes`, the other way. The value says which topic the operator has now, which the new one would replace.
 */
export function canConnectTopic(
  design: Design,
  topic: string,
  operator: string,
  direction: 'reads' | 'writes',
): Result<{ readonly replaces: string | null }, ConnectTopicProblem> {
  const index = indexDesign(design);
  if (!index.topics.has(topic)) return err({ code: 'unknown-topic', topic });
  const found = index.operators.get(operator)?.operator;
  if (!found) return err({ code: 'unknown-operator', operator });
  const slot = topicSlots[direction];
  if (!(slot.kinds as readonly string[]).includes(found.kind)) return err({ code: slot.refusal, operator });
  if (slot.topics(found).includes(topic)) return err({ code: 'already-connected' });
  return ok({ replaces: 'topic' in found ? found.topic : null });
}

const topicSlots = {
  reads: {
    kinds: ['stream', 'table', 'globalTable', 'connectorSink'],
    refusal: 'not-a-reader',
    topics: topicsReadBy,
  },
  writes: {
    kinds: ['sink', 'deadLetter', 'httpWrite', 'connectorSource'],
    refusal: 'not-a-writer',
    topics: topicsWrittenBy,
  },
} as const;
