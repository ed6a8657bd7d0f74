package org.millstream.interop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Looks at the cluster with Kafka's own clients. */
final class Cluster implements AutoCloseable {
    private final Admin admin;
    private final KafkaConsumer<byte[], byte[]> consumer;

    Cluster(final String bootstrapServers) {
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        consumer = new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed", "fetch.max.wait.ms", 50),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    }

    /** Partitions and configs of the topics whose names begin so; only what was set for them. */
    Object topics(final String prefix) throws Exception {
        final Map<String, Object> found = new TreeMap<>();
        final List<String> names = admin.listTopics().names().get().stream().filter(name -> name.startsWith(prefix)).toList();
        final var descriptions = admin.describeTopics(names).allTopicNames().get();
        final var configs = admin.describeConfigs(
            names.stream().map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList()).all().get();
        for (final String name : names) {
            final Map<String, String> set = new TreeMap<>();
            for (final ConfigEntry entry : configs.get(new ConfigResource(ConfigResource.Type.TOPIC, name)).entries()) {
                if (entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG) set.put(entry.name(), entry.value());
            }
            final int partitions = descriptions.get(name).partitions().size();
            final int replicas = descriptions.get(name).partitions().get(0).replicas().size();
            found.put(name.substring(prefix.length()), Map.of("partitions", partitions, "replicas", replicas, "configs", set));
        }
        return found;
    }

    /** Offsets and metadata that a group has committed. */
    Object committed(final String group) throws Exception {
        final Map<String, Object> found = new TreeMap<>();
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().forEach((place, committed) ->
            found.put(place.toString(), Map.of("offset", committed.offset(), "metadata", committed.metadata())));
        return found;
    }

    /**
     * Committed records of topics up to their present ends, per partition in order. Waits for the transactions
     * that are open now: when a commit has been answered, its markers may still be on their way.
     */
    Object records(final List<String> topics) throws Exception {
        final List<TopicPartition> partitions = topics.stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        final Map<TopicPartition, Long> ends = ends(partitions);
        final List<Object> records = new ArrayList<>();
        while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
            for (final ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
                records.add(toMap(record));
            }
        }
        return records;
    }

    /** Behind the last record, committed or not: the consumer would answer where the first open transaction begins. */
    private Map<TopicPartition, Long> ends(final List<TopicPartition> partitions) throws Exception {
        final Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (final TopicPartition each : partitions) latest.put(each, OffsetSpec.latest());
        final Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED)).all().get()
            .forEach((each, found) -> ends.put(each, found.offset()));
        return ends;
    }

    private static Map<String, Object> toMap(final ConsumerRecord<byte[], byte[]> record) {
        final List<Object> headers = new ArrayList<>();
        for (final Header header : record.headers()) headers.add(List.of(header.key(), encode(header.value())));
        final Map<String, Object> found = new HashMap<>();
        found.put("topic", record.topic());
        found.put("partition", record.partition());
        found.put("offset", record.offset());
        found.put("key", encode(record.key()));
        found.put("value", encode(record.value()));
        found.put("timestamp", record.timestamp());
        found.put("headers", headers);
        return found;
    }

    private static String encode(final byte[] bytes) {
        return bytes == null ? "" : "#" + Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public void close() {
        consumer.close();
        admin.close();
    }
}
