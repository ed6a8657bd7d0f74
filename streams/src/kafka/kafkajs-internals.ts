import { createRequire } from 'node:module';
import type { SaslOptions, SslOptions } from './security-options.ts';
import { createQuietSockets, type SocketFactory } from './socket-factory.ts';

/**
 * The parts of KafkaJS 2.2.4 below its public API. Its consumer has no `assign()`, hides the group
 * generation and ties fetching to a handler, and its producer cannot be used after a failed commit
 * (docs/decisions/0002-kafka-client-for-streams.md), so streams uses its cluster, connections and
 * protocol directly. The package has no `exports` map and is pinned.
 */
export interface RawBroker {
  readonly nodeId: number;
  readonly connectionPool: {
    readonly host: string;
    readonly port: number;
    send(request: RawRequest): Promise<unknown>;
  };
  offsetCommit(request: {
    groupId: string;
    groupGenerationId: number;
    memberId: string;
    topics: TopicOffsets[];
  }): Promise<unknown>;
  initProducerId(request: {
    transactionalId: string | null;
    transactionTimeout: number;
  }): Promise<{ producerId: string; producerEpoch: number }>;
  addOffsetsToTxn(request: TransactionRequest & { groupId: string }): Promise<unknown>;
  endTxn(request: TransactionRequest & { transactionResult: boolean }): Promise<unknown>;
  leaveGroup(request: { groupId: string; memberId: string }): Promise<unknown>;
}

export interface TopicOffsets {
  readonly topic: string;
  readonly partitions: { partition: number; offset: string; metadata: string }[];
}

export interface TransactionRequest {
  readonly transactionalId: string;
  readonly producerId: string;
  readonly producerEpoch: number;
}

export interface RawRequest {
  readonly request: {
    readonly apiKey: number;
    readonly apiVersion: number;
    readonly apiName: string;
    readonly encode: () => Promise<RawEncoder>;
  };
  readonly response: {
    readonly decode: (payload: Buffer) => Promise<object>;
    readonly parse: (decoded: object) => Promise<object>;
  };
  readonly requestTimeout?: number;
  readonly logResponseError?: boolean;
}

export interface RawEncoder {
  writeBuffer(bytes: Uint8Array): RawEncoder;
}

export interface RawCluster {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  addMultipleTargetTopics(topics: readonly string[]): Promise<void>;
  refreshMetadata(): Promise<void>;
  removeBroker(destination: { host: string; port: number }): void;
  findBroker(options: { nodeId: number }): Promise<RawBroker>;
  findTopicPartitionMetadata(topic: string): readonly { partitionId: number; leader: number }[];
  getNodeIds(): readonly string[];
}

interface Internals {
  readonly createCluster: (options: ConnectionOptions) => RawCluster;
  readonly createEncoder: () => RawEncoder;
  readonly errorFromCode: (code: number) => Error;
  readonly joinGroup: (request: object) => RawRequest;
  readonly syncGroup: (request: object) => RawRequest;
  readonly heartbeat: (request: object) => RawRequest;
  readonly encodeMetadata: (value: {
    version: number;
    topics: readonly string[];
    userData: Buffer;
  }) => Buffer;
  readonly decodeMetadata: (bytes: Buffer) => { userData: Buffer };
  readonly encodeAssignment: (value: {
    version: number;
    assignment: Record<string, number[]>;
    userData: Buffer;
  }) => Buffer;
  readonly decodeAssignment: (bytes: Buffer) => { userData: Buffer } | null;
}

/** How to reach the brokers. */
export interface ConnectionOptions {
  readonly bootstrapServers: readonly string[];
  readonly clientId: string;
  readonly ssl?: SslOptions | undefined;
  readonly sasl?: SaslOptions | undefined;
}

/** A copy, because KafkaJS writes into it. */
export function ownSasl({ sasl }: ConnectionOptions): SaslOptions | undefined {
  return sasl === undefined ? undefined : { ...sasl };
}

let loaded: Internals | null = null;

/** Loads KafkaJS on first use, so that tests and simulations never do. */
export function kafkaInternals(): Internals {
  loaded ??= load();
  return loaded;
}

interface ProtocolModule {
  protocol(options: { version: number }): (request: object) => RawRequest;
}

function load(): Internals {
  const require = createRequire(import.meta.url);
  const Cluster = require('kafkajs/src/cluster');
  const Encoder = require('kafkajs/src/protocol/encoder');
  const socketFactory: () => SocketFactory = require('kafkajs/src/network/socketFactory');
  const { createLogger, LEVELS } = require('kafkajs/src/loggers');
  const group = require('kafkajs/src/consumer/assignerProtocol');
  const errors = require('kafkajs/src/protocol/error');
  const protocol = (name: string, version: number): ((request: object) => RawRequest) => {
    const module: ProtocolModule = require(`kafkajs/src/protocol/requests/${name}`);
    return module.protocol({ version });
  };
  silenceNegativeTimers(require('kafkajs/src/network/requestQueue'));
  shareConnecting(require('kafkajs/src/network/connectionPool'));
  const logger = createLogger({ level: LEVELS.NOTHING, logCreator: () => () => undefined });
  return {
    createCluster: (options) =>
      new Cluster({
        logger,
        socketFactory: createQuietSockets(socketFactory()),
        brokers: [...options.bootstrapServers],
        ssl: options.ssl ?? null,
        sasl: ownSasl(options),
        clientId: options.clientId,
        connectionTimeout: 5_000,
        authenticationTimeout: 10_000,
        requestTimeout: 30_000,
        enforceRequestTimeout: true,
        metadataMaxAge: 300_000,
        allowAutoTopicCreation: false,
        maxInFlightRequests: null,
        isolationLevel: 1,
        retry: { retries: 2, initialRetryTime: 100, maxRetryTime: 1_000 },
      }),
    createEncoder: () => new Encoder(0),
    errorFromCode: errors.createErrorFromCode,
    joinGroup: protocol('joinGroup', 5),
    syncGroup: protocol('syncGroup', 3),
    heartbeat: protocol('heartbeat', 3),
    encodeMetadata: group.MemberMetadata.encode,
    decodeMetadata: group.MemberMetadata.decode,
    encodeAssignment: group.MemberAssignment.encode,
    decodeAssignment: group.MemberAssignment.decode,
  };
}

interface RequestQueuePrototype {
  scheduleCheckPendingRequests(this: { pending: readonly unknown[] }): void;
}

/**
 * KafkaJS arms a timer with a negative delay after every response, which Node 24 warns about each
 * time. With nothing pending the timer has nothing to do, so it is left out.
 */
function silenceNegativeTimers(RequestQueue: { prototype: RequestQueuePrototype }): void {
  const original = RequestQueue.prototype.scheduleCheckPendingRequests;
  if (typeof original !== 'function') return;
  RequestQueue.prototype.scheduleCheckPendingRequests = function check(): void {
    if (this.pending.length > 0) original.call(this);
  };
}

interface PooledConnection {
  isConnected(): boolean;
  connect(): Promise<unknown>;
}

interface ConnectionPoolPrototype {
  getConnection(
    this: { pool: readonly PooledConnection[] },
    index?: number,
  ): Promise<PooledConnection | undefined>;
}

/**
 * Several requests that find their connection closed would each open a socket for it, and the end of
 * one would take the others' answers along. They wait for one attempt instead.
 */
function shareConnecting(ConnectionPool: { prototype: ConnectionPoolPrototype }): void {
  const attempts = new WeakMap<PooledConnection, Promise<unknown>>();
  ConnectionPool.prototype.getConnection = async function get(index = 0) {
    const connection = this.pool[index];
    if (connection === undefined || connection.isConnected()) return connection;
    const attempt =
      attempts.get(connection) ?? connection.connect().finally(() => attempts.delete(connection));
    attempts.set(connection, attempt);
    await attempt;
    return connection;
  };
}
