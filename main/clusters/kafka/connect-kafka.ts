import { ClusterError, type ClusterPort } from '../cluster-port.ts';
import { askTogether } from './ask-together.ts';
import { parseBootstrap } from './bootstrap-address.ts';
import { closedError, createBrokerConnections } from './broker-connections.ts';
import { type ClusterNodes, createClusterWire } from './cluster-wire.ts';
import { createGroupCoordinators } from './group-coordinators.ts';
import { toClusterError } from './kafka-failure.ts';
import { createKafkaGroups } from './kafka-groups.ts';
import { createKafkaTopics, readTopicConfigs, toTopicListing } from './kafka-topics.ts';
import { createListOffsets } from './list-offsets.ts';
import { createPartitionLeaders } from './partition-leaders.ts';
import { patiently, untilAborted } from './patience.ts';
import { produceRecords } from './produce-records.ts';
import { readPartition } from './read-partition.ts';

export interface KafkaOptions {
  /** How long a broker may take to accept a connection and say what it can do; 3 s when not given. */
  readonly connectMs?: number;
  /** How long a broker may take to answer, above the wait that was asked of it; 15 s when not given. */
  readonly requestMs?: number;
  readonly signal?: AbortSignal;
}

const CONNECT_MS = 3_000;
const REQUEST_MS = 15_000;
const FIRST_ANSWER_MS = 4_500;

/**
 * Connects to a real cluster. `bootstrap` is host:port, comma-separated. Rejects with a ClusterError: 'bad-input'
 * before anything is sent when the text is no address, 'unreachable' within five seconds when nobody answers.
 */
export async function connectKafka(bootstrap: string, options: KafkaOptions = {}): Promise<ClusterPort> {
  const addresses = parseBootstrap(bootstrap);
  if (!addresses.ok) throw new ClusterError('bad-input', addresses.error);
  const connections = createBrokerConnections({
    connectMs: options.connectMs ?? CONNECT_MS,
    requestMs: options.requestMs ?? REQUEST_MS,
  });
  const wire = createClusterWire(connections, addresses.value);
  const limit = AbortSignal.timeout(FIRST_ANSWER_MS);
  const signal = options.signal ? AbortSignal.any([options.signal, limit]) : limit;
  try {
    await untilAborted(signal, wire.metadata([]), () =>
      options.signal?.aborted
        ? cancelledError()
        : new ClusterError(
            'unreachable',
            `Nobody answers as a Kafka broker at ${bootstrap}: check the address.`,
          ),
    );
  } catch (error) {
    await connections.close();
    throw toClusterError(error, `The cluster at ${bootstrap} cannot be reached`);
  }
  return createKafkaPort(wire, () => connections.close());
}

function createKafkaPort(
  wire: ReturnType<typeof createClusterWire>,
  disconnect: () => Promise<void>,
): ClusterPort {
  const closing = new AbortController();
  const leaders = createPartitionLeaders(wire);
  const listOffsets = createListOffsets(wire, leaders);
  const groups = createKafkaGroups(wire, createGroupCoordinators(wire));
  const committed = askTogether((ids) => groups.committed(ids, closing.signal));

  const answer = async <T>(
    what: string,
    signal: AbortSignal | undefined,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> => {
    const either = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal;
    const reason = () => (closing.signal.aborted ? closedError() : cancelledError());
    if (either.aborted) throw reason();
    try {
      return await untilAborted(either, work(either), reason);
    } catch (error) {
      throw toClusterError(error, what);
    }
  };

  return {
    describe: (signal) =>
      answer('The cluster cannot be described', signal, async (either) =>
        toDescription((await patiently(either, () => wire.metadata([]))).nodes),
      ),
    listTopics: (signal) =>
      answer('The topics cannot be listed', signal, async (either) =>
        (await patiently(either, () => leaders.layouts(null))).map(toTopicListing),
      ),
    layoutTopics: (names, signal) =>
      answer('The topics cannot be looked at', signal, async (either) =>
        names.length === 0 ? [] : patiently(either, () => leaders.layouts(names)),
      ),
    topicConfigs: (name, signal) =>
      answer('The topic cannot be looked at', signal, (either) =>
        patiently(either, () => readTopicConfigs(wire, name)),
      ),
    listOffsets: (partitions, at, signal) =>
      answer('The offsets cannot be read', signal, (either) =>
        patiently(either, () => listOffsets(partitions, at, either)),
      ),
    listGroups: (signal) => answer('The groups cannot be listed', signal, groups.list),
    describeGroups: (ids, signal) =>
      answer('The groups cannot be described', signal, (either) => groups.describe(ids, either)),
    committedOffsets: (group, signal) =>
      answer(
        `The offsets of the group "${group}" cannot be read`,
        signal,
        async () => (await committed(group)) ?? [],
      ),
    read: (request, signal) =>
      answer(`${request.topic}-${request.partition} cannot be read`, signal, (either) =>
        readPartition(wire, leaders, listOffsets, request, either),
      ),
    createTopics: (topics, signal) =>
      answer('The topics cannot be made', signal, (either) =>
        createKafkaTopics(wire, leaders, listOffsets, topics, either),
      ),
    produce: (topic, records, signal) =>
      answer(`The records cannot be written to "${topic}"`, signal, (either) =>
        produceRecords(wire, leaders, topic, records, either),
      ),
    async close() {
      closing.abort();
      await disconnect();
    },
  };
}

function toDescription({ clusterId, controllerId, brokers }: ClusterNodes) {
  return {
    kind: 'kafka' as const,
    clusterId,
    controllerId,
    brokers: [...brokers].sort((a, b) => a.id - b.id),
  };
}

function cancelledError(): ClusterError {
  return new ClusterError('cancelled', 'The question was withdrawn before it was answered.');
}
