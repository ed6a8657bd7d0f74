package org.millstream.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** One case: its topology is built, its input piped, and what came of it told. */
final class CaseRunner {
    private static final String APPLICATION_ID = "app";
    private static final String OUTER_JOIN_INTERVAL =
        StreamsConfig.InternalConfig.EMIT_INTERVAL_MS_KSTREAMS_OUTER_JOIN_SPURIOUS_RESULTS_FIX;
    private static final String WINDOW_CLOSE_INTERVAL =
        StreamsConfig.InternalConfig.EMIT_INTERVAL_MS_KSTREAMS_WINDOWED_AGGREGATION;

    private final JsonNode found;
    private final Path stateDirectory;
    private final Map<String, Serde<Object>> keySerdes = new HashMap<>();
    private final Map<String, Serde<Object>> valueSerdes = new HashMap<>();

    CaseRunner(final JsonNode found, final Path stateDirectory) {
        this.found = found;
        this.stateDirectory = stateDirectory;
    }

    ObjectNode run() {
        final ObjectNode answer = JsonNodeFactory.instance.objectNode();
        final Topology topology;
        final TopologyTestDriver driver;
        try {
            topology = new TopologyInterpreter(keySerdes, valueSerdes).build(found.get("topology"));
            final Properties config = config();
            driver = new TopologyTestDriver(topology, config, Instant.ofEpochMilli(found.path("clock").asLong(0)));
        } catch (final Exception | StackOverflowError failure) {
            return fail(answer, "build", failure);
        }
        try {
            drive(driver, answer);
        } catch (final RuntimeException unexpected) {
            fail(answer, "answer", unexpected);
        } finally {
            close(driver);
        }
        return answer;
    }

    private Properties config() {
        final Properties config = new Properties();
        final long interval = found.path("emitInterval").asLong(0);
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION_ID);
        config.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        config.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        config.put(OUTER_JOIN_INTERVAL, interval);
        config.put(WINDOW_CLOSE_INTERVAL, interval);
        return config;
    }

    private void drive(final TopologyTestDriver driver, final ObjectNode answer) {
        final Map<String, Long> before = new HashMap<>();
        int index = 0;
        for (final JsonNode input : found.get("input")) {
            before.clear();
            for (final String topic : driver.producedTopicNames()) {
                before.put(topic, output(driver, topic).getQueueSize());
            }
            try {
                pipe(driver, input);
            } catch (final Exception | StackOverflowError failure) {
                answer.set("topics", new AnswerWriter(driver).topics(before));
                fail(answer, String.valueOf(index), failure);
                return;
            }
            index += 1;
        }
        final AnswerWriter writer = new AnswerWriter(driver);
        final ObjectNode topics = writer.topics(null);
        answer.set("topics", topics);
        answer.set("stores", writer.stores(keySerdes));
    }

    private void pipe(final TopologyTestDriver driver, final JsonNode input) {
        if (input.has("advance")) {
            driver.advanceWallClockTime(Duration.ofMillis(input.get("advance").asLong()));
            return;
        }
        final String topic = input.get("topic").asText();
        final RecordHeaders headers = new RecordHeaders();
        for (final JsonNode header : input.path("headers")) {
            final JsonNode value = header.get(1);
            headers.add(
                header.get(0).asText(),
                value.isNull() ? null : value.asText().getBytes(StandardCharsets.UTF_8));
        }
        final byte[] key = bytes(keySerdes.get("topic " + topic), topic, input.get("key"));
        final byte[] value = bytes(valueSerdes.get("topic " + topic), topic, input.get("value"));
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
            .pipeInput(new TestRecord<>(key, value, headers, input.get("at").asLong()));
    }

    private static byte[] bytes(final Serde<Object> serde, final String topic, final JsonNode datum) {
        final Object value = Columns.datum(datum);
        return value == null ? null : serde.serializer().serialize(topic, value);
    }

    static org.apache.kafka.streams.TestOutputTopic<byte[], byte[]> output(
        final TopologyTestDriver driver, final String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static ObjectNode fail(final ObjectNode answer, final String at, final Throwable failure) {
        final ObjectNode told = answer.putObject("failure");
        told.put("at", at);
        Throwable cause = failure;
        while (cause.getCause() != null) cause = cause.getCause();
        told.put("message", cause.getClass().getSimpleName() + ": " + cause.getMessage());
        return answer;
    }

    private static void close(final TopologyTestDriver driver) {
        try {
            driver.close();
        } catch (final RuntimeException afterFailure) {
            // A task that failed cannot always be closed; its answer is told already.
            System.err.println("not closed: " + afterFailure.getMessage());
        }
    }
}
