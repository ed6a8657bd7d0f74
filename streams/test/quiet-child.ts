import { KafkaStreams } from '../src/kafka/kafka-streams.ts';
import type { KafkaStreamsConfig } from '../src/kafka/kafka-streams-config.ts';
import { wordCountTopology } from './word-count-topology.ts';

/** Counts words in a process of its own, that loads nothing but the library, until it has counted `end`. */
const config: KafkaStreamsConfig = JSON.parse(process.argv[2] ?? '{}');
const streams = new KafkaStreams(wordCountTopology(`${config.applicationId}-`), config);
await streams.start();
while (streams.store('counts').get('end') === null) await new Promise((resolve) => setTimeout(resolve, 50));
await streams.close();
console.log(streams.state);
