/** A problem with the local Kafka whose message is one sentence for a person. */
export class LocalKafkaError extends Error {
  override readonly name = 'LocalKafkaError';
}
