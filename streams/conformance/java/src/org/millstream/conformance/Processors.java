package org.millstream.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.kstream.internals.SessionWindow;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.SessionStore;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.TimestampedWindowStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.apache.kafka.streams.state.VersionedKeyValueStore;
import org.apache.kafka.streams.state.VersionedRecord;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/** The named processors of cases, apart from whether they may change keys. */
final class Processors {
    /** A record without its kind. */
    record Row(Object key, Object value, long at, Headers headers) {
    }

    interface Forward {
        void send(Row row);
    }

    interface Step {
        default void init(final ProcessingContext context, final Forward forward) {
        }

        void process(Row row);
    }

    /** A step that keeps what it was started with. */
    private abstract static class Started implements Step {
        ProcessingContext context;
        Forward forward;

        @Override
        public void init(final ProcessingContext given, final Forward to) {
            context = given;
            forward = to;
        }

        <S extends StateStore> S store(final JsonNode spec) {
            return context.getStateStore(spec.get("store").asText());
        }

        void send(final Row row, final Object value) {
            forward.send(new Row(row.key(), value, row.at(), row.headers()));
        }

        Cancellable schedule(
            final JsonNode spec, final org.apache.kafka.streams.processor.Punctuator punctuator) {
            final PunctuationType type = spec.get("time").asText().equals("stream-time")
                ? PunctuationType.STREAM_TIME
                : PunctuationType.WALL_CLOCK_TIME;
            return context.schedule(Duration.ofMillis(spec.get("every").asLong()), type, punctuator);
        }
    }

    private Processors() {
    }

    static Step create(final JsonNode spec) {
        return switch (spec.get("fn").asText()) {
            case "count" -> count(spec);
            case "drop-repeated" -> dropRepeated(spec);
            case "collect" -> collect(spec);
            case "tick" -> tick(spec);
            case "scan" -> scan(spec);
            case "put-if-absent" -> putIfAbsent(spec);
            case "timestamped-put" -> timestampedPut(spec);
            case "timestamped-window-put" -> timestampedWindowPut(spec);
            case "window-put" -> windowPut(spec);
            case "session-put" -> sessionPut(spec);
            case "versioned-put" -> versionedPut(spec);
            case "times" -> times();
            case "add-header", "remove-headers" -> headers(spec);
            case "swap" -> simple((row, forward) ->
                forward.send(new Row(row.value(), row.key(), row.at(), row.headers())));
            case "shift-timestamp" -> simple((row, forward) -> forward.send(
                new Row(row.key(), row.value(), Math.max(0, row.at() + spec.get("by").asLong()), row.headers())));
            case "fail-when-contains" -> simple((row, forward) -> {
                if (Functions.contains(row.value(), spec.get("text").asText())) {
                    throw new IllegalStateException("the case asks for this failure");
                }
                forward.send(row);
            });
            default -> throw new IllegalArgumentException("There is no processor " + spec);
        };
    }

    private static Step simple(final java.util.function.BiConsumer<Row, Forward> step) {
        return new Started() {
            @Override
            public void process(final Row row) {
                step.accept(row, forward);
            }
        };
    }

    private static Step count(final JsonNode spec) {
        return new Started() {
            @Override
            public void process(final Row row) {
                if (row.key() == null) return;
                final KeyValueStore<Object, Object> store = store(spec);
                final Long before = (Long) store.get(row.key());
                final long now = before == null ? 1 : before + 1;
                store.put(row.key(), now);
                send(row, now);
            }
        };
    }

    private static Step dropRepeated(final JsonNode spec) {
        return new Started() {
            @Override
            public void process(final Row row) {
                if (row.key() == null) return;
                final KeyValueStore<Object, Object> store = store(spec);
                final Object before = store.get(row.key());
                if (java.util.Objects.equals(before, row.value())) return;
                store.put(row.key(), row.value());
                forward.send(row);
            }
        };
    }

    private static Step collect(final JsonNode spec) {
        return new Started() {
            @Override
            public void init(final ProcessingContext given, final Forward to) {
                super.init(given, to);
                final KeyValueStore<Object, Object> store = store(spec);
                schedule(spec, at -> {
                    for (final KeyValue<Object, Object> entry : list(store.all())) {
                        if (spec.path("clear").asBoolean()) store.delete(entry.key);
                        to.send(new Row(entry.key, entry.value, at, new RecordHeaders()));
                    }
                });
            }

            @Override
            public void process(final Row row) {
                if (row.key() == null) return;
                final KeyValueStore<Object, Object> store = store(spec);
                store.put(row.key(), row.value());
            }
        };
    }

    private static Step tick(final JsonNode spec) {
        return new Started() {
            private int fired = 0;

            @Override
            public void init(final ProcessingContext given, final Forward to) {
                super.init(given, to);
                final Cancellable[] scheduled = new Cancellable[1];
                scheduled[0] = schedule(spec, at -> {
                    fired += 1;
                    to.send(new Row(null, "tick " + at, at, new RecordHeaders()));
                    if (spec.has("times") && fired >= spec.get("times").asInt()) scheduled[0].cancel();
                });
            }

            @Override
            public void process(final Row row) {
                send(row, Columns.show(row.value()));
            }
        };
    }

    private static Step scan(final JsonNode spec) {
        return new Started() {
            @Override
            public void process(final Row row) {
                if (row.key() == null) return;
                final KeyValueStore<Object, Object> store = store(spec);
                store.put(row.key(), row.value());
                final boolean reverse = spec.path("reverse").asBoolean();
                final StringJoiner text = new StringJoiner(",");
                for (final var entry : list(reverse ? store.reverseAll() : store.all())) {
                    text.add(Columns.show(entry.key) + "=" + Columns.show(entry.value));
                }
                final StringJoiner upwards = new StringJoiner(",");
                for (final var entry : list(store.range(row.key(), null))) upwards.add(Columns.show(entry.key));
                send(row, text + "|" + upwards);
            }
        };
    }

    private static Step putIfAbsent(final JsonNode spec) {
        return new Started() {
            @Override
            public void process(final Row row) {
                if (row.key() == null) return;
                final KeyValueStore<Object, Object> store = store(spec);
                if (row.value() == null) send(row, "deleted " + Columns.show(store.delete(row.key())));
                else send(row, "before " + Columns.show(store.putIfAbsent(row.key(), row.value())));
            }
        };
    }

    private static Step timestampedPut(final JsonNode spec) {
        return new Started() {
            @Override
            public void process(final Row row) {
                if (row.key() == null) return;
                final TimestampedKeyValueStore<Object, Object> store = store(spec);
                final String before = show(store.get(row.key()));
                store.put(row.key(), ValueAndTimestamp.make(row.value(), row.at()));
                send(row, "before " + before);
            }
        };
    }

    private static Step timestampedWindowPut(final JsonNode spec) {
        return new Started() {
            @Override
            public void process(final Row row) {
                if (row.key() == null) return;
                final TimestampedWindowStore<Object, Object> store = store(spec);
                final long start = row.at() - row.at() % 10;
                store.put(row.key(), ValueAndTimestamp.make(row.value(), row.at()), start);
                final StringJoiner text = new StringJoiner(",");
                final long from = Math.max(0, start - spec.get("before").asLong());
                try (WindowStoreIterator<ValueAndTimestamp<Object>> found = store.fetch(row.key(), from, start)) {
                    while (found.hasNext()) {
                        final KeyValue<Long, ValueAndTimestamp<Object>> entry = found.next();
                        text.add(entry.key + "=" + show(entry.value));
                    }
                }
                send(row, text.toString());
            }
        };
    }

    private static String show(final ValueAndTimestamp<Object> found) {
        return found == null ? "nothing" : Columns.show(found.value()) + "@" + found.timestamp();
    }

    private static Step windowPut(final JsonNode spec) {
        return new Started() {
            @Override
            public void process(final Row row) {
                if (row.key() == null) return;
                final WindowStore<Object, Object> store = store(spec);
                store.put(row.key(), row.value(), row.at());
                final StringJoiner text = new StringJoiner(",");
                final long from = Math.max(0, row.at() - spec.get("before").asLong());
                try (WindowStoreIterator<Object> found = store.fetch(row.key(), from, row.at())) {
                    while (found.hasNext()) {
                        final KeyValue<Long, Object> entry = found.next();
                        text.add(entry.key + "=" + Columns.show(entry.value));
                    }
                }
                send(row, text.toString());
            }
        };
    }

    private static Step sessionPut(final JsonNode spec) {
        return new Started() {
            @Override
            public void process(final Row row) {
                if (row.key() == null) return;
                final SessionStore<Object, Object> store = store(spec);
                final long gap = spec.get("gap").asLong();
                long start = row.at();
                long end = row.at();
                final StringJoiner text = new StringJoiner(",");
                for (final var entry : list(store.findSessions(row.key(), row.at() - gap, row.at() + gap))) {
                    text.add(Columns.show(entry.key) + "=" + Columns.show(entry.value));
                    start = Math.min(start, entry.key.window().start());
                    end = Math.max(end, entry.key.window().end());
                    store.remove(entry.key);
                }
                store.put(new Windowed<>(row.key(), new SessionWindow(start, end)), row.value());
                send(row, text.toString());
            }
        };
    }

    private static Step versionedPut(final JsonNode spec) {
        return new Started() {
            @Override
            public void process(final Row row) {
                if (row.key() == null) return;
                final VersionedKeyValueStore<Object, Object> store = store(spec);
                store.put(row.key(), row.value(), row.at());
                final long asOf = Math.max(0, row.at() - spec.get("ago").asLong());
                send(row, show(store.get(row.key())) + " then " + show(store.get(row.key(), asOf)));
            }

            private String show(final VersionedRecord<Object> found) {
                return found == null ? "nothing" : Columns.show(found.value()) + "@" + found.timestamp();
            }
        };
    }

    private static Step times() {
        return new Started() {
            @Override
            public void process(final Row row) {
                // What a punctuation makes has no place, and Kafka Streams says so by a topic that is null.
                final String place = context.recordMetadata()
                    .filter(metadata -> metadata.topic() != null)
                    .map(Processors::place)
                    .orElse("nowhere");
                final String times = context.currentStreamTimeMs() + "/" + context.currentSystemTimeMs();
                send(row, times + " " + place);
            }
        };
    }

    private static String place(final RecordMetadata metadata) {
        return metadata.topic() + "-" + metadata.partition() + "-" + metadata.offset();
    }

    private static Step headers(final JsonNode spec) {
        return simple((row, forward) -> {
            final RecordHeaders headers = new RecordHeaders();
            if (spec.has("name")) {
                for (final var header : row.headers()) headers.add(header);
                headers.add(spec.get("name").asText(), spec.get("text").asText().getBytes(StandardCharsets.UTF_8));
            }
            forward.send(new Row(row.key(), row.value(), row.at(), headers));
        });
    }

    private static <K, V> List<KeyValue<K, V>> list(final KeyValueIterator<K, V> iterator) {
        try (iterator) {
            final List<KeyValue<K, V>> entries = new ArrayList<>();
            iterator.forEachRemaining(entries::add);
            return entries;
        }
    }
}
