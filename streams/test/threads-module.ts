import { KafkaStreams, Serdes, StreamsBuilder, type ThreadPlace } from '../src/index.ts';

// The module that the threads of stream-threads.kafka.test.ts run; its settings come by the environment.

export function createStreams({ index }: ThreadPlace): KafkaStreams {
  const { THREADS_APP = '', THREADS_BOOTSTRAP = '' } = process.env;
  const text = { key: Serdes.string(), value: Serdes.string() };
  const builder = new StreamsBuilder();
  builder
    .stream(`${THREADS_APP}-in`, text)
    .mapValues((value) => {
      if (value === 'poison') throw new Error('this value is not for me');
      if (value === 'unheard') void Promise.reject(new Error('nobody waits for this'));
      while (value === 'endless');
      return value;
    })
    .groupByKey()
    .count({ name: 'counts' })
    .toStream()
    .to(`${THREADS_APP}-out`, { key: text.key, value: Serdes.long() });
  return new KafkaStreams(builder.build(), {
    applicationId: THREADS_APP,
    clientId: `${THREADS_APP}-${index}`,
    bootstrapServers: [THREADS_BOOTSTRAP],
    processingGuarantee: 'exactly_once_v2',
  });
}
