import type { KStream } from '../dsl.ts';
import { TopologyError } from '../errors.ts';
import type { Processor, ProcessorSupplier } from '../processor.ts';
import type { StreamRecord } from '../record.ts';
import type { Serde } from '../serdes.ts';
import type { TopologyGraph } from './graph.ts';

/** Where a stream or table comes from, while the topology is built. */
export interface Origin {
  /** The node whose output this is. */
  readonly node: string;
  /** Serdes, while they are still known. */
  readonly key: Serde<unknown> | null;
  readonly value: Serde<unknown> | null;
  /** Source nodes upstream, up to the last repartitioning. */
  readonly sources: ReadonlySet<string>;
  /**
   * True when what comes here is from a versioned table: its own store's versions, or those of one upstream,
   * through streams and repartitionings too, up to the next store (Kafka Streams: `isVersionedUpstream`).
   */
  readonly versioned: boolean;
}

/** The origin of a stream; the key may have changed since it was partitioned. */
export interface StreamOrigin extends Origin {
  readonly repartitionRequired: boolean;
}

/** Shared by everything that one `StreamsBuilder` makes. */
export interface BuilderContext {
  readonly graph: TopologyGraph;
  stream<K, V>(origin: StreamOrigin): KStream<K, V>;
}

/** Adds a processor node after `parents` and returns its name. */
export function addProcessor(
  context: BuilderContext,
  name: string,
  parents: readonly string[],
  supplier: ProcessorSupplier,
  stores: readonly string[] = [],
): string {
  context.graph.addNode({ kind: 'processor', name, parents, supplier, stores: new Set() });
  context.graph.connect(name, stores);
  return name;
}

/** A serde that is needed now; says which one is missing when neither is known. */
export function requireSerde(
  given: Serde<unknown> | null | undefined,
  known: Serde<unknown> | null,
  what: string,
): Serde<unknown> {
  const serde = given ?? known;
  if (serde === null) {
    throw new TopologyError(
      `${what} has no serde: an earlier step changed its type, so pass the serde here.`,
    );
  }
  return serde;
}

export type Forward = (record: StreamRecord<unknown, unknown>) => void;

/** A processor without state, as a function from a record to what it forwards. */
export function stateless(
  step: (record: StreamRecord<unknown, unknown>, forward: Forward) => void,
): ProcessorSupplier {
  return (): Processor => {
    let forward: Forward = () => undefined;
    return {
      init(context) {
        forward = (record) => context.forward(record);
      },
      process: (record) => step(record, forward),
    };
  };
}
