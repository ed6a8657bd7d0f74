import { KafkaStreams, Serdes, StreamsBuilder, TimeWindows, type Topology } from '@millstream/streams';

/** What an application of the bench is told on its command line, in this order. */
export interface AppWords {
  readonly name: string;
  readonly bootstrap: string;
  readonly applicationId: string;
  readonly records: number;
  readonly input: string;
  readonly table: string;
  readonly output: string;
  readonly threads: number;
  /** Empty: stores are in memory. */
  readonly stateDir: string;
}

export function parseAppWords(words: readonly string[]): AppWords {
  const [name = '', bootstrap = '', applicationId = '', records = '0', input = '', table = '', output = ''] =
    words;
  const [threads = '1', stateDir = ''] = words.slice(7);
  return {
    name,
    bootstrap,
    applicationId,
    records: Number(records),
    input,
    table,
    output,
    threads: Number(threads),
    stateDir,
  };
}

/** The instance of a case; `count` is called for each record of the input. */
export function createBenchStreams(words: AppWords, index: number, count: () => void): KafkaStreams {
  const exactlyOnce = words.name === 'exactly-once-count' || words.name === 'restore';
  return new KafkaStreams(createTopology(words, count), {
    applicationId: words.applicationId,
    bootstrapServers: [words.bootstrap],
    processingGuarantee: exactlyOnce ? 'exactly_once_v2' : 'at_least_once',
    ...(words.stateDir === '' ? {} : { stateDir: `${words.stateDir}-${index}` }),
  });
}

function createTopology({ name, input, table, output }: AppWords, count: () => void): Topology {
  const text = Serdes.string();
  const source = { key: text, value: text };
  const counts = { key: text, value: Serdes.long() };
  const builder = new StreamsBuilder();
  const join = (value: string, row: string): string => {
    count();
    return `${value.length}${row}`;
  };
  const stream = builder.stream(input, source);
  switch (name) {
    case 'map':
      stream
        .peek(count)
        .map((key, value) => [key, `${value}!`])
        .to(output, source);
      break;
    case 'join': {
      const rows = builder.table(table, { ...source, store: 'rows' });
      stream.join(rows, join, { name: 'joined' }).to(output, source);
      break;
    }
    case 'windowed-count':
      stream
        .peek(count)
        .groupByKey()
        .windowedBy(TimeWindows.ofSizeWithNoGrace(60_000))
        .count({ name: 'counts' })
        .toStream()
        .map(({ key }, value) => [key, value])
        .to(output, counts);
      break;
    default:
      stream.peek(count).groupByKey().count({ name: 'counts' }).toStream().to(output, counts);
  }
  return builder.build();
}
