package org.millstream.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.BranchedKStream;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.GlobalKTable;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.kstream.Suppressed;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** Builds the topology of a resolved case with Kafka Streams' DSL. */
final class TopologyInterpreter {
    final StreamsBuilder builder = new StreamsBuilder();
    final Map<String, Object> things = new HashMap<>();
    final Map<String, Serde<Object>> keySerdes;
    private final Map<String, Serde<Object>> valueSerdes;

    TopologyInterpreter(
        final Map<String, Serde<Object>> keySerdes, final Map<String, Serde<Object>> valueSerdes) {
        this.keySerdes = keySerdes;
        this.valueSerdes = valueSerdes;
    }

    Topology build(final JsonNode steps) {
        final JoinSteps joins = new JoinSteps(this);
        final AggregationSteps aggregations = new AggregationSteps(this);
        for (final JsonNode step : steps) {
            final String op = step.get("op").asText();
            if (op.startsWith("join")) joins.add(op, step);
            else if (AggregationSteps.OPS.contains(op)) aggregations.add(op, step);
            else add(op, step);
        }
        return builder.build();
    }

    private void add(final String op, final JsonNode step) {
        switch (op) {
            case "stream", "table", "globalTable" -> addSource(op, step);
            case "store" -> {
                keySerdes.put("store " + step.get("store").asText(), type(step, "key"));
                builder.addStateStore(StoreBuilders.create(step));
            }
            case "filter", "filterNot", "mapValues" -> addShared(op, step);
            case "branch" -> addBranches(step);
            case "toTable" -> keep(step, stream(step, "from")
                .toTable(Named.as(step.get("store").asText()), tableStore(step)));
            case "toStream" -> {
                final KTable<Object, Object> table = table(step, "from");
                keep(step, step.has("key")
                    ? table.toStream(Functions.keyMapper(step.get("key"))::apply)
                    : table.toStream());
            }
            case "transformValues" -> keep(step, transformed(step));
            case "suppress" -> keep(step, table(step, "from").suppress(suppressed(step)));
            default -> addStateless(op, step);
        }
    }

    private void addSource(final String op, final JsonNode step) {
        final Serde<Object> key = type(step, "key");
        final Serde<Object> value = type(step, "value");
        Consumed<Object, Object> consumed = Consumed.with(key, value);
        if (step.has("timestamps")) {
            consumed = consumed.withTimestampExtractor(Functions.timestamps(step.get("timestamps")));
        }
        final List<String> topics = new ArrayList<>();
        if (step.has("topics")) step.get("topics").forEach(topic -> topics.add(topic.asText()));
        else topics.add(step.get("topic").asText());
        for (final String topic : topics) {
            keySerdes.put("topic " + topic, key);
            valueSerdes.put("topic " + topic, value);
        }
        final String topic = topics.get(0);
        switch (op) {
            case "stream" -> keep(step, builder.stream(topics, consumed));
            case "table" -> keep(step, step.has("store")
                ? builder.table(topic, consumed, tableStore(step))
                : builder.table(topic, consumed));
            default -> keep(step, builder.globalTable(topic, consumed, tableStore(step)));
        }
    }

    private void addShared(final String op, final JsonNode step) {
        if (things.get(step.get("from").asText()) instanceof KStream) {
            final KStream<Object, Object> stream = stream(step, "from");
            switch (op) {
                case "filter" -> keep(step, stream.filter(Functions.predicate(step.get("when"))::test));
                case "filterNot" -> keep(step, stream.filterNot(Functions.predicate(step.get("when"))::test));
                default -> keep(step, stream.mapValues(Functions.valueMapper(step.get("with"))::apply));
            }
            return;
        }
        final KTable<Object, Object> table = table(step, "from");
        final var store = step.has("store") ? tableStore(step) : null;
        if (op.equals("mapValues")) {
            final var mapper = Functions.valueMapper(step.get("with"));
            keep(step, store == null ? table.mapValues(mapper::apply) : table.mapValues(mapper::apply, store));
            return;
        }
        final var predicate = Functions.predicate(step.get("when"));
        if (op.equals("filter")) {
            keep(step, store == null ? table.filter(predicate::test) : table.filter(predicate::test, store));
        } else {
            keep(step, store == null ? table.filterNot(predicate::test) : table.filterNot(predicate::test, store));
        }
    }

    private void addStateless(final String op, final JsonNode step) {
        final KStream<Object, Object> stream = stream(step, "from");
        switch (op) {
            case "map" -> {
                final var key = Functions.keyMapper(step.get("key"));
                final var value = Functions.valueMapper(step.get("value"));
                keep(step, stream.map((k, v) -> KeyValue.pair(key.apply(k, v), value.apply(k, v))));
            }
            case "flatMap" -> {
                final var each = Functions.flatMapper(step.get("each"));
                final var key = Functions.keyMapper(step.get("key"));
                keep(step, stream.flatMap((k, v) ->
                    each.apply(k, v).stream().map(one -> KeyValue.pair(key.apply(k, one), one)).toList()));
            }
            case "flatMapValues" ->
                keep(step, stream.flatMapValues((k, v) -> Functions.flatMapper(step.get("each")).apply(k, v)));
            case "selectKey" -> keep(step, stream.selectKey(Functions.keyMapper(step.get("key"))::apply));
            case "peek" -> keep(step, stream.peek((key, value) -> { }));
            case "merge" -> keep(step, stream.merge(stream(step, "with")));
            case "repartition" -> keep(step, stream.repartition(
                Repartitioned.with(type(step, "key"), type(step, "value")).withName(name(step))));
            case "to" -> stream.to(step.get("topic").asText(), produced(step));
            case "toChosen" -> {
                final var chooser = Functions.topicChooser(step.get("topic"));
                stream.to((key, value, context) -> chooser.apply(key, value), produced(step));
            }
            case "process" -> keep(step, stream.process(
                ProcessorSuppliers.free(step.get("processor")), Named.as(name(step)), processorStores(step)));
            case "processValues" -> keep(step, stream.processValues(
                ProcessorSuppliers.fixedKey(step.get("processor")), Named.as(name(step)), processorStores(step)));
            default -> throw new IllegalArgumentException("There is no step " + op);
        }
    }

    private void addBranches(final JsonNode step) {
        BranchedKStream<Object, Object> branched = stream(step, "from").split();
        for (final JsonNode branch : step.get("branches")) {
            branched = branched.branch(
                Functions.predicate(branch.get("when"))::test,
                Branched.withConsumer(made -> things.put(branch.get("as").asText(), made)));
        }
        if (step.has("otherwise")) {
            branched.defaultBranch(
                Branched.withConsumer(made -> things.put(step.get("otherwise").asText(), made)));
        } else {
            branched.noDefaultBranch();
        }
    }

    private KTable<Object, Object> transformed(final JsonNode step) {
        final JsonNode spec = step.get("transformer");
        final KTable<Object, Object> table = table(step, "from");
        final var transformer = Transformers.supplier(spec);
        final Named named = Named.as(name(step));
        final String[] stores = spec.has("store") ? new String[] {spec.get("store").asText()} : new String[0];
        return step.has("store")
            ? table.transformValues(transformer, tableStore(step), named, stores)
            : table.transformValues(transformer, named, stores);
    }

    private static Suppressed<? super Object> suppressed(final JsonNode step) {
        final boolean shutsDown = step.path("whenFull").asText().equals("shut-down");
        Suppressed.BufferConfig<?> buffer = Suppressed.BufferConfig.unbounded();
        if (step.has("maxRecords")) buffer = Suppressed.BufferConfig.maxRecords(step.get("maxRecords").asLong());
        if (step.has("maxBytes")) {
            final long bytes = step.get("maxBytes").asLong();
            buffer = step.has("maxRecords") ? buffer.withMaxBytes(bytes) : Suppressed.BufferConfig.maxBytes(bytes);
        }
        if (shutsDown) buffer = buffer.shutDownWhenFull();
        if (!step.get("until").isTextual()) {
            return Suppressed.untilTimeLimit(Duration.ofMillis(step.get("until").asLong()), buffer)
                .withName(name(step));
        }
        @SuppressWarnings({"unchecked", "rawtypes"})
        final Suppressed<? super Object> windowed =
            (Suppressed) Suppressed.untilWindowCloses((Suppressed.StrictBufferConfig) buffer).withName(name(step));
        return windowed;
    }

    /** The store of a table: named and typed as the step says, versioned when it keeps history. */
    Materialized<Object, Object, KeyValueStore<Bytes, byte[]>> tableStore(final JsonNode step) {
        final String store = step.get("store").asText();
        final Serde<Object> key = outType(step, "Key");
        keySerdes.put("store " + store, key);
        if (step.has("historyRetention")) {
            final Duration retention = Duration.ofMillis(step.get("historyRetention").asLong());
            return Materialized.<Object, Object>as(Stores.persistentVersionedKeyValueStore(store, retention))
                .withKeySerde(key)
                .withValueSerde(outType(step, "Value"));
        }
        final Materialized<Object, Object, KeyValueStore<Bytes, byte[]>> materialized = Materialized.as(store);
        final var typed = materialized.withKeySerde(key).withValueSerde(outType(step, "Value"));
        return step.path("logged").asBoolean(true) ? typed : typed.withLoggingDisabled();
    }

    private static String[] processorStores(final JsonNode step) {
        final JsonNode processor = step.get("processor");
        return processor.has("store") ? new String[] {processor.get("store").asText()} : new String[0];
    }

    private static Produced<Object, Object> produced(final JsonNode step) {
        return Produced.with(type(step, "key"), type(step, "value"));
    }

    static Serde<Object> type(final JsonNode step, final String which) {
        return Columns.serde(step.get("types").path(which));
    }

    static Serde<Object> outType(final JsonNode step, final String which) {
        return type(step, "out" + which);
    }

    static String name(final JsonNode step) {
        return step.get("name").asText();
    }

    void keep(final JsonNode step, final Object thing) {
        things.put(step.get("as").asText(), thing);
    }

    @SuppressWarnings("unchecked")
    KStream<Object, Object> stream(final JsonNode step, final String field) {
        return (KStream<Object, Object>) things.get(step.get(field).asText());
    }

    @SuppressWarnings("unchecked")
    KTable<Object, Object> table(final JsonNode step, final String field) {
        return (KTable<Object, Object>) things.get(step.get(field).asText());
    }

    @SuppressWarnings("unchecked")
    GlobalKTable<Object, Object> globalTable(final JsonNode step, final String field) {
        return (GlobalKTable<Object, Object>) things.get(step.get(field).asText());
    }
}
