import { metadataV9 } from '@platformatic/kafka';
import { ClusterError } from '../cluster-port.ts';
import { type BrokerAddress, formatAddress } from './bootstrap-address.ts';
import type { BrokerConnections, BrokerLink } from './broker-connections.ts';
import { answerOf, reasonOf } from './kafka-failure.ts';

export type Ask<T> = (link: BrokerLink) => Promise<T>;

export interface BrokerNode extends BrokerAddress {
  readonly id: number;
  readonly rack: string | null;
}

export interface ClusterNodes {
  readonly clusterId: string | null;
  readonly controllerId: number | null;
  readonly brokers: readonly BrokerNode[];
}

/** Finds the brokers of one cluster and puts questions to them. */
export interface ClusterWire {
  /** Asks whichever broker can be reached. */
  onAny<T>(ask: Ask<T>): Promise<T>;
  onBroker<T>(id: number, ask: Ask<T>): Promise<T>;
  /** As onBroker, on a connection of its own: for an answer that the broker may hold back, or a large one. */
  onOwnConnection<T>(id: number, ask: Ask<T>): Promise<T>;
  /** The brokers of now, and what is known of these topics; `null` asks for every topic. */
  metadata(
    topics: readonly string[] | null,
  ): Promise<metadataV9.MetadataResponse & { readonly nodes: ClusterNodes }>;
}

export function createClusterWire(
  connections: BrokerConnections,
  bootstrap: readonly BrokerAddress[],
): ClusterWire {
  let nodes: ClusterNodes = { clusterId: null, controllerId: null, brokers: [] };

  const onAny = async <T>(ask: Ask<T>): Promise<T> => {
    const known = unique([...nodes.brokers, ...bootstrap]);
    const connected = known.filter((address) => connections.isConnected(address));
    const candidates = connected.length > 0 ? [...connected.slice(0, 1), ...known] : known;
    return ask(await firstLink(connections, unique(candidates)));
  };

  const metadata: ClusterWire['metadata'] = async (topics) => {
    const asked = topics === null ? null : [...new Set(topics)];
    const answer = await onAny(({ connection }) =>
      answerOf(metadataV9.api.async(connection, asked, false, false, false)),
    );
    nodes = toNodes(answer);
    return { ...answer, nodes };
  };

  const addressOf = async (id: number): Promise<BrokerNode> => {
    const find = () => nodes.brokers.find((broker) => broker.id === id);
    const known = find();
    if (known) return known;
    await metadata([]);
    const found = find();
    if (found) return found;
    throw new ClusterError(
      'unreachable',
      `Broker ${id} is not running now: start it, or wait for another leader.`,
    );
  };

  return {
    onAny,
    metadata,
    async onBroker(id, ask) {
      const address = await addressOf(id);
      return ask(await naming(address, id, connections.control(address)));
    },
    async onOwnConnection(id, ask) {
      const address = await addressOf(id);
      const { link, release } = await naming(address, id, connections.lease(address));
      try {
        return await ask(link);
      } finally {
        release();
      }
    },
  };
}

/** The first that can be reached: one by one while a connection is open, all at once when none is. */
async function firstLink(
  connections: BrokerConnections,
  candidates: readonly BrokerAddress[],
): Promise<BrokerLink> {
  const [first, ...others] = candidates;
  if (first && connections.isConnected(first)) {
    try {
      return await connections.control(first);
    } catch (error) {
      if (others.length === 0) throw error;
    }
  }
  const racing = candidates.slice(0, 6);
  try {
    return await Promise.any(racing.map((address) => connections.control(address)));
  } catch (error) {
    const closed =
      error instanceof AggregateError ? error.errors.find((one) => one instanceof ClusterError) : null;
    if (closed) throw closed;
    throw new ClusterError(
      'unreachable',
      `No Kafka broker answers at ${racing.map(formatAddress).join(', ')} (${reasonOf(error)}): ` +
        'check the address, and that the cluster is running.',
      { cause: error },
    );
  }
}

async function naming<T>(address: BrokerAddress, id: number, opening: Promise<T>): Promise<T> {
  try {
    return await opening;
  } catch (error) {
    if (error instanceof ClusterError) throw error;
    throw new ClusterError(
      'unreachable',
      `Broker ${id} cannot be reached at ${formatAddress(address)}, the address that the cluster gives for it ` +
        `(${reasonOf(error)}): check that it is running and that its advertised.listeners can be reached from here.`,
      { cause: error },
    );
  }
}

function toNodes(answer: metadataV9.MetadataResponse): ClusterNodes {
  return {
    clusterId: answer.clusterId ?? null,
    controllerId: answer.controllerId < 0 ? null : answer.controllerId,
    brokers: answer.brokers.map(({ nodeId, host, port, rack }) => ({
      id: nodeId,
      host,
      port,
      rack: rack ?? null,
    })),
  };
}

function unique<A extends BrokerAddress>(addresses: readonly A[]): A[] {
  return [
    ...new Map(addresses.toReversed().map((address) => [formatAddress(address), address])).values(),
  ].toReversed();
}
