/** `@millstream/streams`: Kafka Streams semantics for Node. The test driver is in `/testing`. */

// Building topologies.

export type * from './dsl.ts';
export type * from './dsl-options.ts';
export * from './errors.ts';
export { gather } from './gather.ts';
export type { Gathered, GatherOptions } from './gather-options.ts';
export type {
  GlobalStoreDescription,
  NodeDescription,
  SubtopologyDescription,
  TopologyDescription,
} from './internals/describe.ts';
export type * from './processor.ts';
export * from './record.ts';
export { type Serde, Serdes, type SerdeValue } from './serdes.ts';
export { SessionWindows } from './session-windows.ts';
export { SlidingWindows } from './sliding-windows.ts';
export type * from './state-stores.ts';
export {
  type KeyValueStoreBuilder,
  type SessionStoreBuilder,
  type StoreBuilder,
  Stores,
  type VersionedKeyValueStoreBuilder,
  type WindowStoreBuilder,
} from './store-builder.ts';
export { StreamsBuilder, type TableOptions } from './streams-builder.ts';
export { BufferConfig, EagerBufferConfig, StrictBufferConfig, Suppressed } from './suppressed.ts';
export { Topology } from './topology.ts';
export { sessionWindowedSerde, timeWindowedSerde } from './windowed-serdes.ts';
export { JoinWindows, TimeWindows } from './windows.ts';

// Running on Kafka.

export { jsonLogger, type LogLevel, type LogTarget } from './json-logger.ts';
export type { Compression } from './kafka/compression.ts';
export type { HistogramFigures } from './kafka/histogram.ts';
export {
  type CloseOptions,
  KafkaStreams,
  type KafkaStreamsState,
  type StateListener,
} from './kafka/kafka-streams.ts';
export type {
  IsolationLevel,
  KafkaStreamsConfig,
  ProcessingGuarantee,
} from './kafka/kafka-streams-config.ts';
export type * from './kafka/metrics-snapshot.ts';
export type { KeyQueryMetadata, StreamsMetadata } from './kafka/query-metadata.ts';
export type { RestoreListener, RestoreProgress } from './kafka/restore-listener.ts';
export type { SaslOptions, SslOptions } from './kafka/security-options.ts';
export type { Instance, LocalPart, PartOwners } from './kafka/store-parts.ts';
export {
  createProducer,
  type ProducerOptions,
  type SendOptions,
  type StreamProducer,
} from './kafka/stream-producer.ts';
export type { StreamsLogger } from './streams-logger.ts';
export {
  type StreamsThreads,
  startThreads,
  type ThreadsMetrics,
  type ThreadsOptions,
} from './threads/stream-threads.ts';
export type { SummedMetrics } from './threads/sum-metrics.ts';
export type { CreateStreams, ThreadPlace } from './threads/thread-messages.ts';

// What to do about errors.

export { createDeadLetter } from './handlers/dead-letter.ts';
export type * from './handlers/error-handlers.ts';
export { deadLetter, logAndContinue, logAndFail } from './handlers/ready-made-handlers.ts';

// Queries of stores over HTTP, and blocks for gateways.

export {
  HttpError,
  type HttpHandler,
  type HttpMethod,
  type HttpReply,
  type HttpRequest,
  HttpService,
  type HttpServiceOptions,
  type PathParameters,
} from './http/http-service.ts';
export { type QueryKeyOptions, queryKey } from './http/query-key.ts';
export type { StoreRoutesOptions } from './http/query-routes.ts';
export type { RoutingMode } from './http/store-router.ts';
export { addStoreRoutes, serveStores } from './http/store-routes.ts';
export { latestRow, waitFor } from './http/wait-for.ts';
export type { WaitForOptions } from './http/wait-for-row.ts';

// Engine: runs a topology without Kafka, one step at a time, for drivers and simulations.

export * from './memory/engine.ts';
export { murmur2, partitionForKey } from './partitioner.ts';
