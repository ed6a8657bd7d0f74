package org.millstream.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.SessionStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.apache.kafka.streams.state.VersionedKeyValueStore;
import org.apache.kafka.streams.state.VersionedRecord;
import org.apache.kafka.streams.test.TestRecord;

/** What a driver holds at the end: the records of every topic and the rows of every store. */
final class AnswerWriter {
    private static final String CHANGELOG_PREFIX = "app-";
    private static final String CHANGELOG_SUFFIX = "-changelog";
    /** JSON's readers know longs up to here; larger ones are told as text. */
    private static final long MOST_IN_JSON = (1L << 53) - 1;

    private final TopologyTestDriver driver;
    private final Map<String, List<TestRecord<byte[], byte[]>>> written = new HashMap<>();

    AnswerWriter(final TopologyTestDriver driver) {
        this.driver = driver;
    }

    /** Every topic with what was written to it; no more than so many of each, when counts are given. */
    ObjectNode topics(final Map<String, Long> counts) {
        final ObjectNode topics = JsonNodeFactory.instance.objectNode();
        for (final String topic : new TreeSet<>(driver.producedTopicNames())) {
            final List<TestRecord<byte[], byte[]>> records =
                CaseRunner.output(driver, topic).readRecordsToList();
            final long most = counts == null ? records.size() : counts.getOrDefault(topic, 0L);
            final List<TestRecord<byte[], byte[]>> told = records.subList(0, (int) most);
            written.put(topic, told);
            if (told.isEmpty()) continue;
            final ArrayNode list = topics.putArray(topic);
            for (final TestRecord<byte[], byte[]> record : told) {
                final ObjectNode row = list.addObject();
                row.put("key", text(record.key()));
                row.put("value", text(record.value()));
                row.put("at", record.timestamp());
                final ArrayNode headers = JsonNodeFactory.instance.arrayNode();
                for (final Header header : record.headers()) {
                    headers.addArray().add(header.key()).add(text(header.value()));
                }
                if (!headers.isEmpty()) row.set("headers", headers);
            }
        }
        return topics;
    }

    /** Every store that holds plain keys and values; the bytes of the others are in their changelogs. */
    ObjectNode stores(final Map<String, Serde<Object>> serdes) {
        final ObjectNode stores = JsonNodeFactory.instance.objectNode();
        for (final String name : new TreeSet<>(driver.getAllStateStores().keySet())) {
            final ArrayNode rows = JsonNodeFactory.instance.arrayNode();
            if (isListed(name, rows, serdes) && !rows.isEmpty()) stores.set(name, rows);
        }
        return stores;
    }

    private boolean isListed(final String name, final ArrayNode rows, final Map<String, Serde<Object>> serdes) {
        try {
            return rowsOf(name, rows, serdes);
        } catch (final IllegalArgumentException windowWithoutLength) {
            // Kafka Streams cannot list its own join store when the windows have no length.
            return false;
        }
    }

    private boolean rowsOf(final String name, final ArrayNode rows, final Map<String, Serde<Object>> serdes) {
        final VersionedKeyValueStore<Object, Object> versioned = driver.getVersionedKeyValueStore(name);
        if (versioned != null) return versionedRows(name, versioned, rows, serdes);
        final var timestamped = driver.<Object, Object>getTimestampedKeyValueStore(name);
        if (timestamped != null) return rows(timestamped.all(), rows);
        final var windows = driver.<Object, Object>getTimestampedWindowStore(name);
        if (windows != null) return rows(windows.all(), rows);
        final var plainWindows = driver.<Object, Object>getWindowStore(name);
        if (plainWindows != null) return rows(plainWindows.all(), rows);
        final SessionStore<Object, Object> sessions = driver.getSessionStore(name);
        if (sessions != null) return rows(sessions.fetch((Object) null, null), rows);
        final var plain = driver.<Object, Object>getKeyValueStore(name);
        return plain != null && rows(plain.all(), rows);
    }

    private static <K, V> boolean rows(final KeyValueIterator<K, V> iterator, final ArrayNode rows) {
        try (iterator) {
            while (iterator.hasNext()) {
                final KeyValue<K, V> entry = iterator.next();
                if (!addRow(rows, entry.key, entry.value)) return false;
            }
        }
        return true;
    }

    private static boolean addRow(final ArrayNode rows, final Object key, final Object value) {
        final ObjectNode row = rows.addObject();
        final Object plain = value instanceof ValueAndTimestamp<?> stamped ? stamped.value() : value;
        final boolean told = put(row, "key", key) && put(row, "value", plain);
        // A store without timestamps may be shown with one that means none.
        if (value instanceof ValueAndTimestamp<?> stamped && stamped.timestamp() >= 0) {
            row.put("at", stamped.timestamp());
        }
        return told;
    }

    private static boolean put(final ObjectNode row, final String field, final Object value) {
        if (value instanceof Windowed<?> windowed) {
            if (windowed.key() instanceof Windowed<?>) return false;
            row.put("start", windowed.window().start());
            row.put("end", windowed.window().end());
            return put(row, field, windowed.key());
        }
        if (value instanceof String text) row.put(field, text);
        else if (value instanceof Long number && isInJson(number)) row.put(field, number);
        else if (value instanceof Long number) row.put(field, number.toString());
        else return false;
        return true;
    }

    private static boolean isInJson(final long number) {
        return number >= -MOST_IN_JSON && number <= MOST_IN_JSON;
    }

    /** A versioned store lists nothing, so each version its changelog speaks of is looked up. */
    private boolean versionedRows(
        final String name,
        final VersionedKeyValueStore<Object, Object> store,
        final ArrayNode rows,
        final Map<String, Serde<Object>> serdes) {
        final TreeMap<byte[], TreeSet<Long>> versions = new TreeMap<>(Arrays::compareUnsigned);
        for (final TestRecord<byte[], byte[]> record : changelog(name)) {
            versions.computeIfAbsent(record.key(), key -> new TreeSet<>()).add(record.timestamp());
        }
        final Serde<Object> serde = serdes.get("store " + name);
        boolean told = true;
        for (final Map.Entry<byte[], TreeSet<Long>> version : versions.entrySet()) {
            final Object key = serde.deserializer().deserialize(name, version.getKey());
            for (final long time : version.getValue()) told &= addVersion(rows, key, time, store.get(key, time));
            told &= addVersion(rows, key, null, store.get(key));
        }
        return told;
    }

    private static boolean addVersion(
        final ArrayNode rows, final Object key, final Long asOf, final VersionedRecord<Object> found) {
        final ObjectNode row = rows.addObject();
        final boolean told = put(row, "key", key);
        if (asOf != null) row.put("asOf", asOf);
        if (found == null) {
            row.set("value", JsonNodeFactory.instance.nullNode());
            return told;
        }
        final boolean toldToo = put(row, "value", found.value());
        row.put("at", found.timestamp());
        return told && toldToo;
    }

    private List<TestRecord<byte[], byte[]>> changelog(final String store) {
        return written.getOrDefault(CHANGELOG_PREFIX + store + CHANGELOG_SUFFIX, new ArrayList<>());
    }

    /** Bytes as text where all of them are printable ASCII, as 0x… otherwise. */
    static String text(final byte[] bytes) {
        if (bytes == null) return null;
        boolean printable = !(bytes.length > 1 && bytes[0] == '0' && bytes[1] == 'x');
        for (final byte each : bytes) printable &= each >= 32 && each < 127;
        if (printable) return new String(bytes, java.nio.charset.StandardCharsets.US_ASCII);
        final StringBuilder hex = new StringBuilder("0x");
        for (final byte each : bytes) hex.append(String.format("%02x", each));
        return hex.toString();
    }

}
