import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Joined;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/**
 * One case on Kafka Streams. Arguments: case, bootstrap, application id, records, input, table, output,
 * state folder, "plain" (stores in memory, no cache) or "default" (RocksDB and the default cache).
 * Prints "first" at the first record, "done" when all are processed, "closed" at the end.
 */
public final class StreamsBench {
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final CountDownLatch done = new CountDownLatch(1);
  private static long seen = 0;
  private static long expected;
  private static boolean plain;

  public static void main(String[] args) throws Exception {
    String name = args[0];
    expected = Long.parseLong(args[3]);
    plain = args[8].equals("plain");
    KafkaStreams streams = new KafkaStreams(topology(name, args[4], args[5], args[6]).build(), properties(args));
    streams.setUncaughtExceptionHandler(
        error -> {
          error.printStackTrace();
          Runtime.getRuntime().halt(1);
          return null;
        });
    if (name.equals("restore")) listenToRestore(streams);
    streams.start();
    done.await();
    System.out.println("done");
    streams.close();
    System.out.println("closed");
  }

  private static Properties properties(String[] args) {
    Properties properties = new Properties();
    boolean exactlyOnce = args[0].equals("exactly-once-count") || args[0].equals("restore");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, args[1]);
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, args[2]);
    properties.put(StreamsConfig.STATE_DIR_CONFIG, args[7]);
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
    properties.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
    properties.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
    properties.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
    if (plain) properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
    if (exactlyOnce) properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    return properties;
  }

  private static StreamsBuilder topology(String name, String input, String table, String output) {
    StreamsBuilder builder = new StreamsBuilder();
    switch (name) {
      case "map" ->
          stream(builder, input).map((key, value) -> KeyValue.pair(key, value + "!")).to(output);
      case "join" -> {
        KTable<String, String> rows =
            builder.table(table, Consumed.with(Serdes.String(), Serdes.String()), keyed("rows"));
        builder.<String, String>stream(input)
            .join(rows, (value, row) -> count(value.length() + row), Joined.as("joined"))
            .to(output);
      }
      case "windowed-count" ->
          stream(builder, input)
              .groupByKey(Grouped.with(Serdes.String(), Serdes.String()))
              .windowedBy(TimeWindows.ofSizeWithNoGrace(WINDOW))
              .count(windowed("counts"))
              .toStream((key, value) -> key.key())
              .to(output, Produced.with(Serdes.String(), Serdes.Long()));
      case "count", "exactly-once-count", "restore" ->
          stream(builder, input)
              .groupByKey()
              .count(counts("counts"))
              .toStream()
              .to(output, Produced.with(Serdes.String(), Serdes.Long()));
      default -> throw new IllegalArgumentException("There is no case " + name);
    }
    return builder;
  }

  private static KStream<String, String> stream(StreamsBuilder builder, String input) {
    return builder.<String, String>stream(input).peek((key, value) -> count(value));
  }

  private static <T> T count(T value) {
    seen += 1;
    if (seen == 1) System.out.println("first");
    if (seen == expected) done.countDown();
    return value;
  }

  private static Materialized<String, String, KeyValueStore<Bytes, byte[]>> keyed(String store) {
    if (!plain) return Materialized.as(store);
    return Materialized.<String, String>as(Stores.inMemoryKeyValueStore(store)).withCachingDisabled();
  }

  private static Materialized<String, Long, KeyValueStore<Bytes, byte[]>> counts(String store) {
    if (!plain) return Materialized.as(store);
    return Materialized.<String, Long>as(Stores.inMemoryKeyValueStore(store)).withCachingDisabled();
  }

  private static Materialized<String, Long, WindowStore<Bytes, byte[]>> windowed(String store) {
    if (!plain) return Materialized.as(store);
    return Materialized.<String, Long>as(Stores.inMemoryWindowStore(store, WINDOW, WINDOW, false))
        .withCachingDisabled();
  }

  /** Prints how many records all stores took back, and the milliseconds between the first and the last. */
  private static void listenToRestore(KafkaStreams streams) {
    AtomicLong records = new AtomicLong();
    AtomicLong start = new AtomicLong();
    AtomicLong end = new AtomicLong();
    streams.setGlobalStateRestoreListener(
        new StateRestoreListener() {
          @Override
          public void onRestoreStart(TopicPartition partition, String store, long from, long to) {
            start.compareAndSet(0, System.nanoTime());
          }

          @Override
          public void onBatchRestored(TopicPartition partition, String store, long offset, long count) {}

          @Override
          public void onRestoreEnd(TopicPartition partition, String store, long count) {
            records.addAndGet(count);
            end.set(System.nanoTime());
          }
        });
    streams.setStateListener(
        (state, before) -> {
          if (state != KafkaStreams.State.RUNNING || records.get() == 0) return;
          System.out.println("restored " + records + " " + (end.get() - start.get()) / 1_000_000);
          done.countDown();
        });
  }
}
