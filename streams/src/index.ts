export * from './errors.ts';
export { gather } from './gather.ts';
export type { Gathered, GatherOptions } from './gather-options.ts';
// HTTP: queries of stores, and blocks for gateways.
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
export { addStoreRoutes, serveStores } from './http/store-routes.ts';
export { type WaitForOptions, waitFor } from './http/wait-for.ts';
export type {
  GlobalStoreDescription,
  NodeDescription,
  SubtopologyDescription,
  TopologyDescription,
} from './internals/describe.ts';
// Kafka: runs a topology on a cluster.
export { KafkaStreams, type KafkaStreamsState, type StateListener } from './kafka/kafka-streams.ts';
export type { KafkaStreamsConfig, ProcessingGuarantee, StreamsLogger } from './kafka/kafka-streams-config.ts';
export {
  createProducer,
  type ProducerOptions,
  type SendOptions,
  type StreamProducer,
} from './kafka/stream-producer.ts';
export type { MetricsSnapshot } from './kafka/streams-metrics.ts';
export * from './kstream.ts';
export * from './memory/engine.ts';
// Engine: runs a topology without Kafka, for drivers, tests and simulations.
export { murmur2, partitionForKey } from './partitioner.ts';
export * from './processor.ts';
export * from './record.ts';
export * from './serdes.ts';
export * from './state-stores.ts';
export * from './store-builder.ts';
export { StreamsBuilder, type TableOptions } from './streams-builder.ts';
export { Topology } from './topology.ts';
export { timeWindowedSerde } from './windowed-serdes.ts';
export * from './windows.ts';
