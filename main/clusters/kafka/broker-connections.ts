import { apiVersionsV3, Connection } from '@platformatic/kafka';
import { ClusterError } from '../cluster-port.ts';
import { type BrokerAddress, formatAddress } from './bootstrap-address.ts';
import { answerOf } from './kafka-failure.ts';
import { findVersionProblem } from './required-versions.ts';

/** A connection that answers, and the highest version that its broker knows of every request. */
export interface BrokerLink {
  readonly connection: Connection;
  readonly maxVersions: ReadonlyMap<number, number>;
}

export interface BrokerConnections {
  /** The one connection to that broker for questions that are answered at once. */
  control(address: BrokerAddress): Promise<BrokerLink>;
  /** A connection nobody else uses until `release`: a broker answers one connection's requests in turn. */
  lease(address: BrokerAddress): Promise<{ readonly link: BrokerLink; release(): void }>;
  isConnected(address: BrokerAddress): boolean;
  close(): Promise<void>;
}

export interface ConnectionLimits {
  readonly connectMs: number;
  readonly requestMs: number;
}

const CLIENT_ID = 'millstream';
const LANES_PER_BROKER = 6;

interface Lanes {
  open: number;
  readonly idle: BrokerLink[];
  readonly waiting: (() => void)[];
}

export function createBrokerConnections(limits: ConnectionLimits): BrokerConnections {
  const controls = new Map<string, Promise<BrokerLink>>();
  const lanes = new Map<string, Lanes>();
  const all = new Set<Connection>();
  let closed = false;

  const open = async (address: BrokerAddress): Promise<BrokerLink> => {
    if (closed) throw closedError();
    const connection = createConnection(limits);
    all.add(connection);
    connection.once('close', () => all.delete(connection));
    try {
      return await greet(connection, address, limits.connectMs);
    } catch (error) {
      all.delete(connection);
      await connection.close();
      throw error;
    }
  };

  return {
    control(address) {
      const key = formatAddress(address);
      const existing = controls.get(key);
      if (existing) return existing;
      const opening = open(address);
      controls.set(key, opening);
      const forget = () => {
        if (controls.get(key) === opening) controls.delete(key);
      };
      opening.then((link) => link.connection.once('close', forget), forget);
      return opening;
    },
    async lease(address) {
      const lane = laneOf(lanes, formatAddress(address));
      const link = await takeLane(lane, () => open(address));
      return { link, release: () => giveBack(lane, link) };
    },
    isConnected: (address) => controls.has(formatAddress(address)),
    async close() {
      closed = true;
      await Promise.all([...all].map((connection) => connection.close()));
      for (const lane of lanes.values()) for (const wake of lane.waiting.splice(0)) wake();
    },
  };
}

export function closedError(): ClusterError {
  return new ClusterError('closed', 'The connection to the cluster was closed: connect again.');
}

function createConnection(limits: ConnectionLimits): Connection {
  const connection = new Connection(CLIENT_ID, {
    connectTimeout: limits.connectMs,
    requestTimeout: limits.requestMs,
    maxInflights: 64,
  });
  // Every failure also rejects the request it belongs to; an event that nobody hears would end the process.
  connection.on('error', () => connection.socket?.destroy());
  return connection;
}

async function greet(connection: Connection, address: BrokerAddress, limitMs: number): Promise<BrokerLink> {
  await connection.connect(address.host, address.port);
  let isLate = false;
  const limit = setTimeout(() => {
    isLate = true;
    connection.socket.destroy();
  }, limitMs);
  try {
    const { apiKeys } = await answerOf(apiVersionsV3.api.async(connection, CLIENT_ID, '1'));
    const problem = findVersionProblem(formatAddress(address), apiKeys);
    if (problem) throw new ClusterError('unsupported', problem);
    return { connection, maxVersions: new Map(apiKeys.map((api) => [api.apiKey, api.maxVersion])) };
  } catch (error) {
    throw isLate ? new Error(`no answer within ${limitMs} ms`) : error;
  } finally {
    clearTimeout(limit);
  }
}

function laneOf(lanes: Map<string, Lanes>, key: string): Lanes {
  const existing = lanes.get(key);
  if (existing) return existing;
  const created: Lanes = { open: 0, idle: [], waiting: [] };
  lanes.set(key, created);
  return created;
}

async function takeLane(lane: Lanes, open: () => Promise<BrokerLink>): Promise<BrokerLink> {
  for (;;) {
    const idle = lane.idle.pop();
    if (idle?.connection.isConnected()) return idle;
    if (idle) lane.open -= 1;
    else if (lane.open < LANES_PER_BROKER) return openLane(lane, open);
    else await new Promise<void>((wake) => lane.waiting.push(wake));
  }
}

async function openLane(lane: Lanes, open: () => Promise<BrokerLink>): Promise<BrokerLink> {
  lane.open += 1;
  try {
    return await open();
  } catch (error) {
    lane.open -= 1;
    lane.waiting.shift()?.();
    throw error;
  }
}

function giveBack(lane: Lanes, link: BrokerLink): void {
  if (link.connection.isConnected()) lane.idle.push(link);
  else lane.open -= 1;
  lane.waiting.shift()?.();
}
