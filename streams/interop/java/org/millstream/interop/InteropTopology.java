package org.millstream.interop;

import java.time.Duration;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.EmitStrategy;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.JoinWindows;
import org.apache.kafka.streams.kstream.Joined;
import org.apache.kafka.streams.kstream.KGroupedStream;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.SessionWindows;
import org.apache.kafka.streams.kstream.SlidingWindows;
import org.apache.kafka.streams.kstream.StreamJoined;
import org.apache.kafka.streams.kstream.Suppressed;
import org.apache.kafka.streams.kstream.TableJoined;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.SessionStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/** The topology of streams/interop/interop-topology.ts. */
final class InteropTopology {
    private static final Serde<String> TEXT = Serdes.String();
    private static final Serde<Long> LONG = Serdes.Long();
    private static final Duration HOUR = Duration.ofHours(1);

    private final StreamsBuilder builder = new StreamsBuilder();
    private final String application;
    private final String inputs;

    InteropTopology(final String application, final String inputs) {
        this.application = application;
        this.inputs = inputs;
    }

    Topology build() {
        final KStream<String, Long> events = builder.stream(input("events"), Consumed.with(TEXT, LONG));
        final KGroupedStream<String, Long> byKey = events.groupByKey(Grouped.with(TEXT, LONG));
        aggregate(events, byKey);
        aggregateWindows(byKey);
        joinStreams(events);
        joinTables(events);
        joinForeignKeys();
        keepPartitionTime();
        return builder.build();
    }

    private void aggregate(final KStream<String, Long> events, final KGroupedStream<String, Long> byKey) {
        write("counts", byKey.count(table("counts", LONG)), LONG);
        write("sums", byKey.reduce(Long::sum, table("sums", LONG)), LONG);
        write("letters", events
            .groupBy((key, value) -> key.substring(0, 1), Grouped.with("by-letter", TEXT, LONG))
            .count(table("letters", LONG)), LONG);
        write("both", byKey
            .<String>cogroup((key, value, text) -> lastLetters(text + value))
            .cogroup(
                builder.stream(input("answers"), Consumed.with(TEXT, TEXT)).groupByKey(Grouped.with(TEXT, TEXT)),
                (key, value, text) -> lastLetters(text + value))
            .aggregate(() -> "", table("both", TEXT)), TEXT);
    }

    private static String lastLetters(final String text) {
        return text.substring(Math.max(0, text.length() - 12));
    }

    private void aggregateWindows(final KGroupedStream<String, Long> byKey) {
        final TimeWindows second =
            TimeWindows.ofSizeAndGrace(Duration.ofMillis(1000), Duration.ofMillis(20));
        final KTable<Windowed<String>, Long> perSecond = byKey.windowedBy(second).count(windows("per-second"));
        write("per-second", flat(perSecond), LONG);
        write("final", flat(perSecond.suppress(
            Suppressed.untilWindowCloses(Suppressed.BufferConfig.unbounded()).withName("final"))), LONG);
        write("closed", flat(byKey
            .windowedBy(second)
            .emitStrategy(EmitStrategy.onWindowClose())
            .reduce((sum, value) -> sum + (value == null ? 0 : value), windows("closed"))), LONG);
        write("slides", flat(byKey
            .windowedBy(SlidingWindows.ofTimeDifferenceAndGrace(Duration.ofMillis(300), Duration.ofMillis(100)))
            .count(windows("slides"))), LONG);
        final Materialized<String, Long, SessionStore<Bytes, byte[]>> sessions = Materialized.as("sessions");
        write("sessions", flat(byKey
            .windowedBy(SessionWindows.ofInactivityGapAndGrace(Duration.ofMillis(250), Duration.ofMillis(100)))
            .count(sessions.withKeySerde(TEXT).withValueSerde(LONG))), LONG);
    }

    private void joinStreams(final KStream<String, Long> events) {
        final JoinWindows near = JoinWindows.ofTimeDifferenceAndGrace(Duration.ofMillis(150), Duration.ofMillis(100));
        final KStream<String, String> questions =
            builder.stream(input("questions"), Consumed.with(TEXT, TEXT));
        events.leftJoin(
            questions,
            (value, question) -> value + "/" + question,
            near,
            StreamJoined.with(TEXT, LONG, TEXT).withName("pairs").withStoreName("pairs"))
            .to(output("pairs"), Produced.with(TEXT, TEXT));
        events.outerJoin(
            questions,
            (value, question) -> value + "/" + question,
            near,
            StreamJoined.with(TEXT, LONG, TEXT).withName("outer").withStoreName("outer"))
            .to(output("outer"), Produced.with(TEXT, TEXT));
    }

    private void joinTables(final KStream<String, Long> events) {
        final KTable<String, String> profiles =
            builder.table(input("profiles"), Consumed.with(TEXT, TEXT), table("profiles", TEXT));
        events.join(profiles, (value, profile) -> value + "/" + profile, Joined.with(TEXT, LONG, TEXT, "enriched"))
            .to(output("enriched"), Produced.with(TEXT, TEXT));
        final KTable<String, Long> regions = profiles
            .groupBy(
                (key, profile) -> KeyValue.pair(profile.substring(0, 1), Long.valueOf(profile.substring(1))),
                Grouped.with("by-region", TEXT, LONG))
            .reduce((sum, value) -> sum + value, (sum, value) -> sum - value, table("regions", LONG));
        write("regions", regions, LONG);
        final KTable<String, String> prices = builder.table(
            input("prices"),
            Consumed.with(TEXT, TEXT),
            Materialized.<String, String>as(Stores.persistentVersionedKeyValueStore("prices", HOUR))
                .withKeySerde(TEXT)
                .withValueSerde(TEXT));
        events.leftJoin(
            prices,
            (value, price) -> value + "/" + price,
            Joined.with(TEXT, LONG, TEXT, "priced").withGracePeriod(Duration.ofMillis(200)))
            .to(output("priced"), Produced.with(TEXT, TEXT));
        write("offers", profiles.outerJoin(
            prices, (profile, price) -> profile + "/" + price, Named.as("offers"), table("offers", TEXT)), TEXT);
    }

    private void joinForeignKeys() {
        final KTable<String, String> orders =
            builder.table(input("orders"), Consumed.with(TEXT, TEXT), table("orders", TEXT));
        final KTable<String, String> customers =
            builder.table(input("customers"), Consumed.with(TEXT, TEXT), table("customers", TEXT));
        write("owned", orders.join(
            customers,
            (String order) -> order.substring(0, 2),
            (order, customer) -> order + "/" + customer,
            TableJoined.as("owned"),
            table("owned-rows", TEXT)), TEXT);
        write("placed", orders.leftJoin(
            customers,
            (String order) -> order.substring(0, 2),
            (order, customer) -> order + "/" + customer,
            TableJoined.as("placed"),
            table("placed-rows", TEXT)), TEXT);
    }

    /** A record without a time of its own, "now", gets the highest time that its partition had before. */
    private void keepPartitionTime() {
        final TimestampExtractor times =
            (record, partitionTime) -> "now".equals(record.value()) ? partitionTime : record.timestamp();
        builder.stream(input("ticks"), Consumed.with(TEXT, TEXT).withTimestampExtractor(times))
            .to(output("ticks"), Produced.with(TEXT, TEXT));
    }

    private static <V> Materialized<String, V, KeyValueStore<Bytes, byte[]>> table(
        final String name, final Serde<V> value) {
        final Materialized<String, V, KeyValueStore<Bytes, byte[]>> materialized = Materialized.as(name);
        return materialized.withKeySerde(TEXT).withValueSerde(value);
    }

    private static Materialized<String, Long, WindowStore<Bytes, byte[]>> windows(final String name) {
        final Materialized<String, Long, WindowStore<Bytes, byte[]>> materialized = Materialized.as(name);
        return materialized.withKeySerde(TEXT).withValueSerde(LONG).withRetention(HOUR);
    }

    private static KStream<String, Long> flat(final KTable<Windowed<String>, Long> table) {
        return table.toStream((windowed, value) ->
            windowed.key() + "@" + windowed.window().start() + "-" + windowed.window().end());
    }

    private <V> void write(final String topic, final KTable<String, V> table, final Serde<V> value) {
        write(topic, table.toStream(), value);
    }

    private <V> void write(final String topic, final KStream<String, V> stream, final Serde<V> value) {
        stream.to(output(topic), Produced.with(TEXT, value));
    }

    private String input(final String topic) {
        return inputs + "-" + topic;
    }

    private String output(final String topic) {
        return application + ".out." + topic;
    }
}
