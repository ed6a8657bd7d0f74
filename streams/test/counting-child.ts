import './kafka-judge.ts';
import { KafkaStreams } from '../src/kafka/kafka-streams.ts';
import type { KafkaStreamsConfig } from '../src/kafka/kafka-streams-config.ts';
import { counting } from './streams-runner.ts';

/** One more instance of a counting application, until the process that started it ends. */
const config: KafkaStreamsConfig = JSON.parse(process.argv[2] ?? '{}');
process.on('disconnect', () => process.exit(0));
await new KafkaStreams(counting(config.applicationId), config).start();
