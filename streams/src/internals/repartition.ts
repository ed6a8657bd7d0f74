import { TopologyError } from '../errors.ts';
import type { Serde } from '../serdes.ts';
import {
  addProcessor,
  type BuilderContext,
  requireSerde,
  type StreamOrigin,
  stateless,
} from './builder-context.ts';
import { throughTopic } from './through-topic.ts';

export interface RepartitionOptions {
  readonly name: string;
  readonly key: Serde<unknown> | null;
  readonly value: Serde<unknown> | null;
  readonly partitions: number | null;
}

/**
 * Sends a stream through `<application.id>-<name>-repartition`, and returns what comes out.
 * Records without a key are dropped, unless a left join follows (KIP-962).
 */
export function repartition(
  context: BuilderContext,
  origin: StreamOrigin,
  options: RepartitionOptions,
): StreamOrigin {
  const { graph } = context;
  const { name } = options;
  const key = requireSerde(options.key, origin.key, `The key of repartition "${name}"`);
  const value = requireSerde(options.value, origin.value, `The value of repartition "${name}"`);
  graph.addRepartitionTopic(name, options.partitions);
  const filter = addProcessor(
    context,
    filterBefore(name),
    [origin.node],
    stateless((record, forward) => {
      if ((record.key ?? null) !== null || graph.nullKeysKept.has(name)) forward(record);
    }),
  );
  const topic = { name, internal: true };
  const source = throughTopic(graph, topic, { parents: [filter], key, value, partitioner: null });
  const { versioned } = origin;
  return { node: source, key, value, sources: new Set([source]), repartitionRequired: false, versioned };
}

/** A repartition topic that was made before is used once more. */
export function repartitionAgain({ graph }: BuilderContext, name: string): void {
  graph.putLast(filterBefore(name));
}

function filterBefore(name: string): string {
  return `${name}-repartition-filter`;
}

/** Repartitions only when the key was changed since the records were last partitioned. */
export function repartitionIfNeeded(
  context: BuilderContext,
  origin: StreamOrigin,
  options: Omit<RepartitionOptions, 'name' | 'partitions'> & { readonly name: string | undefined },
): StreamOrigin {
  if (!origin.repartitionRequired) return origin;
  if (options.name === undefined) {
    throw new TopologyError(
      'The key was changed, so this step needs a repartition topic: give it a name and serdes.',
    );
  }
  return repartition(context, origin, { ...options, name: options.name, partitions: null });
}
