import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Prints the committed records of topics, from the beginning to the end they have now, one per line:
 * topic, partition, offset, timestamp, key and value in base64 (a dash for null), parted by tabs.
 * Arguments: bootstrap servers, then topics.
 */
public final class CommittedReader {
    private static final long TIME_LIMIT_MS = 120_000;

    public static void main(String[] arguments) {
        Map<String, Object> config = Map.of(
            "bootstrap.servers", arguments[0],
            "isolation.level", "read_committed",
            "enable.auto.commit", false,
            "max.poll.records", 5_000);
        PrintWriter out = new PrintWriter(
            new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.US_ASCII)));
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> places = Arrays.stream(arguments).skip(1)
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
            consumer.assign(places);
            consumer.seekToBeginning(places);
            print(consumer, consumer.endOffsets(places), out);
        }
        out.flush();
    }

    private static void print(
            KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends, PrintWriter out) {
        long deadline = System.currentTimeMillis() + TIME_LIMIT_MS;
        Set<TopicPartition> open = new HashSet<>(ends.keySet());
        while (true) {
            open.removeIf(place -> consumer.position(place) >= ends.get(place));
            if (open.isEmpty()) return;
            if (System.currentTimeMillis() > deadline) throw new IllegalStateException("Not at the end: " + open);
            for (var each : consumer.poll(Duration.ofMillis(200))) {
                out.println(String.join("\t", each.topic(), Integer.toString(each.partition()),
                    Long.toString(each.offset()), Long.toString(each.timestamp()),
                    encode(each.key()), encode(each.value())));
            }
        }
    }

    private static String encode(byte[] bytes) {
        return bytes == null ? "-" : Base64.getEncoder().encodeToString(bytes);
    }
}
