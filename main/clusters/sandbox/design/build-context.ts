import type { GlobalKTable, KStream, KTable, StreamsBuilder } from '@millstream/streams';
import type { Design, Service, Topic } from '#shared/design/design.ts';
import type { Operator } from '#shared/design/operators/registry.ts';
import { SandboxProblem } from './sandbox-problem.ts';

export type AnyStream = KStream<unknown, unknown>;
export type AnyTable = KTable<unknown, unknown>;
export type AnyGlobalTable = GlobalKTable<unknown, unknown>;

/** What flows out of a port. */
export type Flow =
  | { readonly is: 'stream'; readonly stream: AnyStream }
  | { readonly is: 'table'; readonly table: AnyTable }
  | { readonly is: 'windowedTable'; readonly table: AnyTable }
  | { readonly is: 'globalTable'; readonly table: AnyGlobalTable };

/** A thing done outside Kafka: the sandbox only notes it. */
export interface SideEffect {
  readonly operator: string;
  readonly key: unknown;
  readonly value: unknown;
}

/** What an operator needs of its service to add itself to the topology. */
export interface BuildContext {
  readonly design: Design;
  readonly service: Service;
  readonly builder: StreamsBuilder;
  readonly input: (port: string) => Flow;
  readonly inputs: (port: string) => readonly Flow[];
  readonly give: (port: string, flow: Flow) => void;
  readonly topic: (id: string | null) => Topic;
  /** A topic is read once, however often it is drawn. */
  readonly once: <F extends Flow>(topic: Topic, as: F['is'], make: () => F) => F;
  readonly onSideEffect: (effect: SideEffect) => void;
}

export function streamInto(context: BuildContext, port: string): AnyStream {
  const flow = context.input(port);
  if (flow.is === 'stream') return flow.stream;
  throw new SandboxProblem(
    `A ${flow.is} is wired to a port “${port}” that takes a stream; put “To stream” between.`,
  );
}

export function tableInto(context: BuildContext, port: string): AnyTable {
  const flow = context.input(port);
  if (flow.is === 'table') return flow.table;
  throw new SandboxProblem(`A ${flow.is} is wired to a port “${port}” that takes a table.`);
}

export function refuse(operator: Operator, what: string): never {
  throw new SandboxProblem(
    `The operator “${operator.name}” (${operator.id}) needs ${what}, which the sandbox cannot run yet.`,
  );
}
