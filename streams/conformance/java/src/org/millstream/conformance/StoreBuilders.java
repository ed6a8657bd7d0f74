package org.millstream.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The stores that processors use. */
final class StoreBuilders {
    private StoreBuilders() {
    }

    static StoreBuilder<?> create(final JsonNode step) {
        final StoreBuilder<?> builder = builder(step);
        return step.path("logged").asBoolean(true)
            ? builder.withLoggingEnabled(Map.of())
            : builder.withLoggingDisabled();
    }

    private static StoreBuilder<?> builder(final JsonNode step) {
        final String name = step.get("store").asText();
        final Serde<Object> key = Columns.serde(step.get("key"));
        final Serde<Object> value = Columns.serde(step.get("value"));
        final Duration retention = Duration.ofMillis(step.path("retention").asLong());
        final Duration size = Duration.ofMillis(step.path("size").asLong());
        final boolean duplicates = step.path("duplicates").asBoolean();
        return switch (step.get("kind").asText()) {
            case "key-value" -> Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), key, value);
            case "timestamped-key-value" -> Stores.timestampedKeyValueStoreBuilder(
                Stores.persistentTimestampedKeyValueStore(name), key, value);
            case "window" -> Stores.windowStoreBuilder(
                Stores.persistentWindowStore(name, retention, size, duplicates), key, value);
            case "timestamped-window" -> Stores.timestampedWindowStoreBuilder(
                Stores.persistentTimestampedWindowStore(name, retention, size, duplicates), key, value);
            case "session" -> Stores.sessionStoreBuilder(
                Stores.persistentSessionStore(name, retention), key, value);
            case "versioned" -> Stores.versionedKeyValueStoreBuilder(
                Stores.persistentVersionedKeyValueStore(name, retention), key, value);
            default -> throw new IllegalArgumentException("There is no store like " + step);
        };
    }
}
