export interface BrokerSeat {
  readonly id: number;
  readonly port: number;
  readonly controllerPort: number;
  readonly dataDir: string;
  /** Ports of further listeners, by name. */
  readonly furtherPorts?: Readonly<Record<string, number>>;
}

/** How a listener is spoken to. */
export type ListenerProtocol = 'PLAINTEXT' | 'SSL' | 'SASL_PLAINTEXT' | 'SASL_SSL';

const HOST = '127.0.0.1';
const MEBIBYTE = 1024 * 1024;

/** The `server.properties` of one broker of a small cluster: KRaft, every node broker and controller. */
export function planBrokerProperties(
  seat: BrokerSeat,
  seats: readonly BrokerSeat[],
  overrides: Readonly<Record<string, string>>,
  furtherListeners: Readonly<Record<string, ListenerProtocol>> = {},
): string {
  const properties = {
    ...developmentProperties(seats.length),
    ...overrides,
    ...addresses(seat, seats, furtherListeners),
  };
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${String(value).replaceAll('\\', '\\\\')}\n`)
    .join('');
}

function addresses(
  seat: BrokerSeat,
  seats: readonly BrokerSeat[],
  furtherListeners: Readonly<Record<string, ListenerProtocol>>,
) {
  const further = Object.entries(seat.furtherPorts ?? {}).map(([name, port]) => `,${name}://${HOST}:${port}`);
  const protocols = Object.entries(furtherListeners).map(([name, protocol]) => `,${name}:${protocol}`);
  return {
    'process.roles': 'broker,controller',
    'node.id': seat.id,
    'controller.quorum.voters': seats.map((each) => `${each.id}@${HOST}:${each.controllerPort}`).join(','),
    listeners: `PLAINTEXT://${HOST}:${seat.port},CONTROLLER://${HOST}:${seat.controllerPort}${further.join('')}`,
    'advertised.listeners': `PLAINTEXT://${HOST}:${seat.port}${further.join('')}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': `PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT${protocols.join('')}`,
    'inter.broker.listener.name': 'PLAINTEXT',
    'log.dirs': seat.dataDir,
  };
}

// Kafka's defaults are for months of uptime and dozens of cores; these are for minutes on a shared laptop.
function developmentProperties(brokerCount: number) {
  const replicas = Math.min(3, brokerCount);
  const inSync = Math.min(2, replicas);
  return {
    'auto.create.topics.enable': false,
    'default.replication.factor': replicas,
    'offsets.topic.replication.factor': replicas,
    'offsets.topic.num.partitions': replicas,
    'transaction.state.log.replication.factor': replicas,
    'transaction.state.log.min.isr': inSync,
    'transaction.state.log.num.partitions': replicas,
    'share.coordinator.state.topic.replication.factor': replicas,
    'share.coordinator.state.topic.min.isr': inSync,
    'share.coordinator.state.topic.num.partitions': 1,
    'group.initial.rebalance.delay.ms': 0,
    // A test that kills a member should not have to wait 6 s (classic) or 45 s (KIP-848) to see it missed.
    'group.min.session.timeout.ms': 1_000,
    'group.consumer.min.session.timeout.ms': 1_000,
    'group.consumer.min.heartbeat.interval.ms': 300,
    'transaction.abort.timed.out.transaction.cleanup.interval.ms': 1_000,
    'broker.session.timeout.ms': 6_000,
    'broker.heartbeat.interval.ms': 1_000,
    'num.network.threads': 2,
    'num.io.threads': 4,
    'background.threads': 2,
    'group.coordinator.threads': 1,
    // The cleaner takes this from the heap at start: 128 MiB unless told otherwise.
    'log.cleaner.dedupe.buffer.size': 8 * MEBIBYTE,
  };
}
