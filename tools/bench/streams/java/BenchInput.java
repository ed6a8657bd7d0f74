import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes a topic as an ordinary Java producer writes it: default batches, murmur2 partitions.
 * Arguments: bootstrap, topic, records, keys, first timestamp, compression, order ("random" or "each").
 */
public final class BenchInput {
  private static final String FILLER =
      "Lorem ipsum dolor sit amet, consetetur sadipscing elitr, sed diam nonumy eirmod tempor";

  public static void main(String[] args) throws Exception {
    String topic = args[1];
    long records = Long.parseLong(args[2]);
    int keys = Integer.parseInt(args[3]);
    long start = Long.parseLong(args[4]);
    boolean each = args[6].equals("each");
    Properties properties = new Properties();
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, args[0]);
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, args[5]);
    AtomicReference<Exception> failure = new AtomicReference<>();
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
      long random = 42;
      for (long i = 0; i < records; i++) {
        random = random * 6364136223846793005L + 1442695040888963407L;
        long key = each ? i % keys : (random >>> 33) % keys;
        producer.send(
            new ProducerRecord<>(topic, null, start + i, String.format("key-%07d", key), value(i, random)),
            (metadata, error) -> {
              if (error != null) failure.set(error);
            });
      }
    }
    if (failure.get() != null) throw failure.get();
  }

  /** 100 characters: an order with a number, an amount and some text. */
  private static String value(long i, long random) {
    String head = "{\"id\":" + i + ",\"total\":" + (random >>> 48) + ",\"note\":\"";
    return head + FILLER.substring(0, 98 - head.length()) + "\"}";
  }
}
