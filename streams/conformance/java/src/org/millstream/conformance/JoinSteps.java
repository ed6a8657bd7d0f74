package org.millstream.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.function.BiFunction;
import org.apache.kafka.streams.kstream.JoinWindows;
import org.apache.kafka.streams.kstream.Joined;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.StreamJoined;
import org.apache.kafka.streams.kstream.TableJoined;
import org.apache.kafka.streams.kstream.ValueJoiner;

/** The joins of a topology. */
final class JoinSteps {
    private final TopologyInterpreter topology;

    JoinSteps(final TopologyInterpreter topology) {
        this.topology = topology;
    }

    void add(final String op, final JsonNode step) {
        final String how = step.get("how").asText();
        final Functions.Three joiner = Functions.joiner(step.get("joiner"));
        topology.keep(step, switch (op) {
            case "joinStreams" -> joinStreams(how, step, joiner);
            case "joinTable" -> joinTable(how, step, joiner);
            case "joinGlobalTable" -> joinGlobalTable(how, step, joiner);
            case "joinTables" -> joinTables(how, step, joiner);
            default -> joinByForeignKey(how, step, joiner);
        });
    }

    private KStream<Object, Object> joinStreams(
        final String how, final JsonNode step, final Functions.Three joiner) {
        final KStream<Object, Object> left = topology.stream(step, "from");
        final KStream<Object, Object> right = topology.stream(step, "with");
        final JsonNode times = step.get("windows");
        final JoinWindows windows = windows(times);
        final String name = TopologyInterpreter.name(step);
        final StreamJoined<Object, Object, Object> joined = StreamJoined
            .with(
                TopologyInterpreter.type(step, "key"),
                TopologyInterpreter.type(step, "value"),
                TopologyInterpreter.type(step, "otherValue"))
            .withName(name)
            .withStoreName(name);
        return switch (how) {
            case "inner" -> left.join(right, joiner::apply, windows, joined);
            case "left" -> left.leftJoin(right, joiner::apply, windows, joined);
            default -> left.outerJoin(right, joiner::apply, windows, joined);
        };
    }

    private static JoinWindows windows(final JsonNode times) {
        final long before = times.get("before").asLong();
        final long after = times.get("after").asLong();
        final Duration grace = Duration.ofMillis(times.get("grace").asLong());
        final Duration widest = Duration.ofMillis(Math.max(0, Math.max(before, after)));
        return JoinWindows.ofTimeDifferenceAndGrace(widest, grace)
            .before(Duration.ofMillis(before))
            .after(Duration.ofMillis(after));
    }

    private KStream<Object, Object> joinTable(
        final String how, final JsonNode step, final Functions.Three joiner) {
        final KTable<Object, Object> table = topology.table(step, "with");
        Joined<Object, Object, Object> joined = Joined
            .with(
                TopologyInterpreter.type(step, "key"),
                TopologyInterpreter.type(step, "value"),
                TopologyInterpreter.type(step, "otherValue"))
            .withName(TopologyInterpreter.name(step));
        if (step.has("grace")) joined = joined.withGracePeriod(Duration.ofMillis(step.get("grace").asLong()));
        final KStream<Object, Object> stream = topology.stream(step, "from");
        return how.equals("inner")
            ? stream.join(table, joiner::apply, joined)
            : stream.leftJoin(table, joiner::apply, joined);
    }

    private KStream<Object, Object> joinGlobalTable(
        final String how, final JsonNode step, final Functions.Three joiner) {
        final KStream<Object, Object> stream = topology.stream(step, "from");
        final var table = topology.globalTable(step, "with");
        final var key = Functions.keyMapper(step.get("key"));
        return how.equals("inner")
            ? stream.join(table, key::apply, joiner::apply)
            : stream.leftJoin(table, key::apply, joiner::apply);
    }

    private KTable<Object, Object> joinTables(
        final String how, final JsonNode step, final Functions.Three joiner) {
        final KTable<Object, Object> left = topology.table(step, "from");
        final KTable<Object, Object> right = topology.table(step, "with");
        final Named named = Named.as(TopologyInterpreter.name(step));
        final ValueJoiner<Object, Object, Object> join = (one, two) -> joiner.apply(null, one, two);
        if (!step.has("store")) {
            return switch (how) {
                case "inner" -> left.join(right, join, named);
                case "left" -> left.leftJoin(right, join, named);
                default -> left.outerJoin(right, join, named);
            };
        }
        final var store = topology.tableStore(step);
        return switch (how) {
            case "inner" -> left.join(right, join, named, store);
            case "left" -> left.leftJoin(right, join, named, store);
            default -> left.outerJoin(right, join, named, store);
        };
    }

    private KTable<Object, Object> joinByForeignKey(
        final String how, final JsonNode step, final Functions.Three joiner) {
        final KTable<Object, Object> left = topology.table(step, "from");
        final KTable<Object, Object> right = topology.table(step, "with");
        final BiFunction<Object, Object, Object> extractor = Functions.keyMapper(step.get("foreignKey"));
        final TableJoined<Object, Object> joined = TableJoined.as(TopologyInterpreter.name(step));
        final ValueJoiner<Object, Object, Object> join = (one, two) -> joiner.apply(null, one, two);
        final boolean inner = how.equals("inner");
        if (!step.has("store")) {
            return inner
                ? left.join(right, extractor, join, joined)
                : left.leftJoin(right, extractor, join, joined);
        }
        final var store = topology.tableStore(step);
        return inner
            ? left.join(right, extractor, join, joined, store)
            : left.leftJoin(right, extractor, join, joined, store);
    }
}
