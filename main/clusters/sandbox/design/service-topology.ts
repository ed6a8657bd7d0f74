import { StreamsBuilder, type Topology } from '@millstream/streams';
import type { Design, Service, Topic } from '#shared/design/design.ts';
import type { Operator } from '#shared/design/operators/registry.ts';
import { indexDesign } from '#shared/design/queries/index-design.ts';
import { topologicalOrder } from '#shared/design/queries/topological-order.ts';
import { wiresInto } from '#shared/design/queries/wires.ts';
import type { BuildContext, Flow, SideEffect } from './build-context.ts';
import { addOperator } from './operator-builders.ts';
import { SandboxProblem } from './sandbox-problem.ts';

/**
 * Makes the topology of a service, with the expressions evaluated as CEL. Null when the service has none (a
 * gateway that only writes). Throws a SandboxProblem with one sentence when it cannot run.
 */
export function serviceTopology(
  design: Design,
  service: Service,
  onSideEffect: (effect: SideEffect) => void,
): Topology | null {
  const order = topologicalOrder(service);
  if (!order.ok) {
    throw new SandboxProblem(
      `The service ${service.name} has a circle of wires: ${order.error.cycle.join(' → ')}.`,
    );
  }
  const builder = new StreamsBuilder();
  const flows = new Map<string, Flow>();
  const sources = new Map<string, Flow>();
  const once: BuildContext['once'] = <F extends Flow>(topic: Topic, as: F['is'], make: () => F): F => {
    const known = sources.get(`${as} ${topic.id}`);
    if (known) return known as F;
    const made = make();
    sources.set(`${as} ${topic.id}`, made);
    return made;
  };
  for (const operator of order.value) {
    addOperator(operator, { design, service, builder, once, onSideEffect, ...ends(design, operator, flows) });
  }
  return sources.size === 0 ? null : builder.build();
}

function ends(
  design: Design,
  operator: Operator,
  flows: Map<string, Flow>,
): Pick<BuildContext, 'input' | 'inputs' | 'give' | 'topic'> {
  const inputs = (port: string): readonly Flow[] =>
    wiresInto(design, operator.id, port).flatMap(
      ({ from }) => flows.get(`${from.operator} ${from.port}`) ?? [],
    );
  return {
    inputs,
    input: (port) => {
      const [first] = inputs(port);
      if (first) return first;
      throw new SandboxProblem(
        `Nothing is wired to “${port}” of operator “${operator.name}” (${operator.id}); connect it or remove it.`,
      );
    },
    give: (port, flow) => {
      flows.set(`${operator.id} ${port}`, flow);
    },
    topic: (id) => {
      const topic = id === null ? undefined : indexDesign(design).topics.get(id);
      if (topic) return topic;
      throw new SandboxProblem(`The operator “${operator.name}” (${operator.id}) has no topic; choose one.`);
    },
  };
}
