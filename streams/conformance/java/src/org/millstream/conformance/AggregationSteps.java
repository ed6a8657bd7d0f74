package org.millstream.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.Aggregator;
import org.apache.kafka.streams.kstream.CogroupedKStream;
import org.apache.kafka.streams.kstream.EmitStrategy;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Initializer;
import org.apache.kafka.streams.kstream.KGroupedStream;
import org.apache.kafka.streams.kstream.KGroupedTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Merger;
import org.apache.kafka.streams.kstream.SessionWindowedCogroupedKStream;
import org.apache.kafka.streams.kstream.SessionWindowedKStream;
import org.apache.kafka.streams.kstream.SessionWindows;
import org.apache.kafka.streams.kstream.SlidingWindows;
import org.apache.kafka.streams.kstream.TimeWindowedCogroupedKStream;
import org.apache.kafka.streams.kstream.TimeWindowedKStream;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.Stores;

/** Groupings, windows and aggregations of a topology. */
@SuppressWarnings({"unchecked", "rawtypes"})
final class AggregationSteps {
    static final Set<String> OPS = Set.of(
        "groupByKey", "groupBy", "groupTable", "cogroup", "windowedBy", "count", "reduce", "aggregate");

    private final TopologyInterpreter topology;

    AggregationSteps(final TopologyInterpreter topology) {
        this.topology = topology;
    }

    void add(final String op, final JsonNode step) {
        topology.keep(step, switch (op) {
            case "groupByKey" -> topology.stream(step, "from").groupByKey(grouped(step, "key", "value"));
            case "groupBy" -> topology.stream(step, "from")
                .groupBy(Functions.keyMapper(step.get("key"))::apply, grouped(step, "outKey", "outValue"));
            case "groupTable" -> {
                final var key = Functions.keyMapper(step.get("key"));
                final var value = Functions.valueMapper(step.get("value"));
                yield topology.table(step, "from").groupBy(
                    (k, v) -> KeyValue.pair(key.apply(k, v), value.apply(k, v)),
                    grouped(step, "outKey", "outValue"));
            }
            case "cogroup" -> cogroup(step);
            case "windowedBy" -> windowedBy(step);
            case "count" -> count(step);
            case "reduce" -> reduce(step);
            default -> aggregate(step);
        });
    }

    private static Grouped<Object, Object> grouped(final JsonNode step, final String key, final String value) {
        final Serde<Object> keySerde = TopologyInterpreter.type(step, key);
        final Serde<Object> valueSerde = TopologyInterpreter.type(step, value);
        return step.has("name")
            ? Grouped.with(step.get("name").asText(), keySerde, valueSerde)
            : Grouped.with(keySerde, valueSerde);
    }

    private Object cogroup(final JsonNode step) {
        final Aggregator<Object, Object, Object> add = aggregator(step.get("add"));
        if (!step.has("with")) return ((KGroupedStream<Object, Object>) from(step)).cogroup(add);
        final var other = (KGroupedStream<Object, Object>) topology.things.get(step.get("with").asText());
        return ((CogroupedKStream<Object, Object>) from(step)).cogroup(other, add);
    }

    private Object windowedBy(final JsonNode step) {
        final JsonNode windows = step.get("windows");
        final Duration grace = millis(windows, "grace");
        final Object source = from(step);
        final Object made = switch (windows.get("kind").asText()) {
            case "session" -> {
                final SessionWindows sessions =
                    SessionWindows.ofInactivityGapAndGrace(millis(windows, "gap"), grace);
                yield source instanceof KGroupedStream grouped
                    ? grouped.windowedBy(sessions)
                    : ((CogroupedKStream) source).windowedBy(sessions);
            }
            case "sliding" -> {
                final SlidingWindows sliding =
                    SlidingWindows.ofTimeDifferenceAndGrace(millis(windows, "difference"), grace);
                yield source instanceof KGroupedStream grouped
                    ? grouped.windowedBy(sliding)
                    : ((CogroupedKStream) source).windowedBy(sliding);
            }
            default -> {
                TimeWindows times = TimeWindows.ofSizeAndGrace(millis(windows, "size"), grace);
                if (windows.has("advance")) times = times.advanceBy(millis(windows, "advance"));
                yield source instanceof KGroupedStream grouped
                    ? grouped.windowedBy(times)
                    : ((CogroupedKStream) source).windowedBy(times);
            }
        };
        if (!step.has("emit")) return made;
        final EmitStrategy strategy = step.get("emit").asText().equals("on-window-close")
            ? EmitStrategy.onWindowClose()
            : EmitStrategy.onWindowUpdate();
        return made instanceof TimeWindowedKStream windowed
            ? windowed.emitStrategy(strategy)
            : ((SessionWindowedKStream) made).emitStrategy(strategy);
    }

    private Object count(final JsonNode step) {
        final Object source = from(step);
        final Materialized store = store(step);
        if (source instanceof KGroupedStream grouped) return grouped.count(store);
        if (source instanceof KGroupedTable grouped) return grouped.count(store);
        if (source instanceof TimeWindowedKStream windowed) return windowed.count(store);
        return ((SessionWindowedKStream) source).count(store);
    }

    private Object reduce(final JsonNode step) {
        final Object source = from(step);
        final Materialized store = store(step);
        final var reducer = Functions.reducer(step.get("with"));
        if (source instanceof KGroupedStream grouped) return grouped.reduce(reducer::apply, store);
        if (source instanceof KGroupedTable grouped) {
            return grouped.reduce(reducer::apply, Functions.reducer(step.get("subtract"))::apply, store);
        }
        if (source instanceof TimeWindowedKStream windowed) return windowed.reduce(reducer::apply, store);
        return ((SessionWindowedKStream) source).reduce(reducer::apply, store);
    }

    private Object aggregate(final JsonNode step) {
        final Object source = from(step);
        final Materialized store = store(step);
        final Object initial = Columns.datum(step.get("initial"));
        final Initializer<Object> initializer = () -> initial;
        final Aggregator<Object, Object, Object> add = step.has("add") ? aggregator(step.get("add")) : null;
        if (source instanceof KGroupedStream grouped) return grouped.aggregate(initializer, add, store);
        if (source instanceof KGroupedTable grouped) {
            return grouped.aggregate(initializer, add, aggregator(step.get("subtract")), store);
        }
        if (source instanceof TimeWindowedKStream windowed) return windowed.aggregate(initializer, add, store);
        if (source instanceof CogroupedKStream cogrouped) return cogrouped.aggregate(initializer, store);
        if (source instanceof TimeWindowedCogroupedKStream cogrouped) {
            return cogrouped.aggregate(initializer, store);
        }
        final Functions.Three merge = Functions.merger(step.get("merge"));
        final Merger<Object, Object> merger = merge::apply;
        return source instanceof SessionWindowedKStream windowed
            ? windowed.aggregate(initializer, add, merger, store)
            : ((SessionWindowedCogroupedKStream) source).aggregate(initializer, merger, store);
    }

    private static Aggregator<Object, Object, Object> aggregator(final JsonNode spec) {
        return Functions.aggregator(spec)::apply;
    }

    private Materialized<Object, Object, ? extends StateStore> store(final JsonNode step) {
        final String name = step.get("store").asText();
        final Serde<Object> key = Columns.serde(step.get("types").get("key"));
        topology.keySerdes.put("store " + name, key);
        Materialized<Object, Object, StateStore> materialized = step.has("historyRetention")
            ? (Materialized) Materialized.as(
                Stores.persistentVersionedKeyValueStore(name, millis(step, "historyRetention")))
            : Materialized.as(name);
        materialized = materialized.withKeySerde(key).withValueSerde(TopologyInterpreter.outType(step, "Value"));
        if (step.has("retention")) materialized = materialized.withRetention(millis(step, "retention"));
        return step.path("logged").asBoolean(true) ? materialized : materialized.withLoggingDisabled();
    }

    private Object from(final JsonNode step) {
        return topology.things.get(step.get("from").asText());
    }

    private static Duration millis(final JsonNode node, final String field) {
        return Duration.ofMillis(node.get(field).asLong());
    }
}
