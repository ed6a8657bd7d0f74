package org.millstream.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.processor.TimestampExtractor;

/** The named functions of cases, over strings, longs and null. */
final class Functions {
    /** A function of a key and two values. */
    interface Three {
        Object apply(Object key, Object one, Object two);
    }

    private static final Pattern TIME_IN_VALUE = Pattern.compile("@(-?[0-9]{1,15})\\z");

    private Functions() {
    }

    static BiPredicate<Object, Object> predicate(final JsonNode spec) {
        final String text = spec.path("text").asText();
        final long number = spec.path("number").asLong();
        return switch (spec.get("fn").asText()) {
            case "always" -> (key, value) -> true;
            case "never" -> (key, value) -> false;
            case "key-is-null" -> (key, value) -> key == null;
            case "value-is-null" -> (key, value) -> value == null;
            case "key-starts-with" -> (key, value) -> key != null && ((String) key).startsWith(text);
            case "value-starts-with" -> (key, value) -> value != null && ((String) value).startsWith(text);
            case "value-contains" -> (key, value) -> contains(value, text);
            case "value-above" -> (key, value) -> value != null && (Long) value > number;
            default -> throw unknown("predicate", spec);
        };
    }

    static BiFunction<Object, Object, Object> valueMapper(final JsonNode spec) {
        final String text = spec.path("text").asText();
        final long number = spec.path("number").asLong();
        return switch (spec.get("fn").asText()) {
            case "same" -> (key, value) -> value;
            case "append" -> (key, value) -> value == null ? null : value + text;
            case "with-key" -> (key, value) -> Columns.show(key) + ":" + Columns.show(value);
            case "upper-case" -> (key, value) -> value == null ? null : ((String) value).toUpperCase(Locale.ROOT);
            case "length" -> (key, value) -> value == null ? null : (long) ((String) value).length();
            case "to-text" -> (key, value) -> value == null ? null : Columns.show(value);
            case "add" -> (key, value) -> value == null ? null : (Long) value + number;
            case "constant" -> (key, value) -> text;
            case "null-when-contains" -> (key, value) -> contains(value, text) ? null : value;
            default -> throw unknown("value mapper", spec);
        };
    }

    static BiFunction<Object, Object, Object> keyMapper(final JsonNode spec) {
        final String text = spec.path("text").asText();
        return switch (spec.get("fn").asText()) {
            case "same" -> (key, value) -> key;
            case "value" -> (key, value) -> value;
            case "first-letter-of-value" -> (key, value) ->
                value == null || ((String) value).isEmpty() ? null : ((String) value).substring(0, 1);
            case "part-of-value" -> (key, value) ->
                part((String) value, spec.get("separator").asText(), spec.get("index").asInt());
            case "constant" -> (key, value) -> text;
            case "null" -> (key, value) -> null;
            case "base-key" -> (key, value) -> ((Windowed<?>) key).key();
            case "window-text" -> (key, value) -> Columns.show(key);
            default -> throw unknown("key mapper", spec);
        };
    }

    static BiFunction<Object, Object, List<Object>> flatMapper(final JsonNode spec) {
        return switch (spec.get("fn").asText()) {
            case "words" -> (key, value) -> {
                final List<Object> words = new ArrayList<>();
                if (value == null) return words;
                for (final String word : ((String) value).split(" ", -1)) if (!word.isEmpty()) words.add(word);
                return words;
            };
            case "repeat" -> (key, value) -> new ArrayList<>(Collections.nCopies(spec.get("times").asInt(), value));
            default -> throw unknown("flat mapper", spec);
        };
    }

    static Three joiner(final JsonNode spec) {
        final String separator = spec.path("separator").asText();
        final String text = spec.path("text").asText();
        return switch (spec.get("fn").asText()) {
            case "concat" -> (key, left, right) -> Columns.show(left) + separator + Columns.show(right);
            case "concat-with-key" -> (key, left, right) ->
                Columns.show(key) + separator + Columns.show(left) + separator + Columns.show(right);
            case "null-when-left-contains" -> (key, left, right) ->
                contains(left, text) ? null : Columns.show(left) + "+" + Columns.show(right);
            case "sum" -> (key, left, right) -> number(left) + number(right);
            default -> throw unknown("joiner", spec);
        };
    }

    static BiFunction<Object, Object, Object> reducer(final JsonNode spec) {
        final String separator = spec.path("separator").asText();
        final String text = spec.path("text").asText();
        return switch (spec.get("fn").asText()) {
            case "concat" -> (all, value) -> Columns.show(all) + separator + Columns.show(value);
            case "first" -> (all, value) -> all;
            case "last" -> (all, value) -> value;
            case "max" -> (all, value) -> value == null || compare(all, value) >= 0 ? all : value;
            case "min" -> (all, value) -> value == null || compare(all, value) <= 0 ? all : value;
            case "sum" -> (all, value) -> number(all) + number(value);
            case "difference" -> (all, value) -> number(all) - number(value);
            case "remove" -> (all, value) ->
                value == null ? all : removed((String) all, (String) value);
            case "null-when-contains" -> (all, value) ->
                contains(value, text) ? null : Columns.show(all) + Columns.show(value);
            default -> throw unknown("reducer", spec);
        };
    }

    static Three aggregator(final JsonNode spec) {
        final String separator = spec.path("separator").asText();
        final String text = spec.path("text").asText();
        return switch (spec.get("fn").asText()) {
            case "append" -> (key, value, all) -> (all == null ? "" : all) + separator + Columns.show(value);
            case "append-with-key" -> (key, value, all) ->
                (all == null ? "" : all) + separator + Columns.show(key) + "=" + Columns.show(value);
            case "remove" -> (key, value, all) -> removed((String) all, Columns.show(value));
            case "sum" -> (key, value, all) -> number(all) + number(value);
            case "difference" -> (key, value, all) -> number(all) - number(value);
            case "add-length" -> (key, value, all) ->
                number(all) + (value == null ? 0 : ((String) value).length());
            case "null-when-contains" -> (key, value, all) ->
                contains(value, text) ? null : (all == null ? "" : all) + Columns.show(value);
            default -> throw unknown("aggregator", spec);
        };
    }

    static Three merger(final JsonNode spec) {
        final String separator = spec.path("separator").asText();
        return switch (spec.get("fn").asText()) {
            case "concat" -> (key, one, two) -> Columns.show(one) + separator + Columns.show(two);
            case "sum" -> (key, one, two) -> number(one) + number(two);
            default -> throw unknown("merger", spec);
        };
    }

    static BiFunction<Object, Object, String> topicChooser(final JsonNode spec) {
        return (key, value) -> {
            for (final JsonNode each : spec.get("cases")) {
                if (value != null && ((String) value).startsWith(each.get("startsWith").asText())) {
                    return each.get("topic").asText();
                }
            }
            return spec.get("otherwise").asText();
        };
    }

    static TimestampExtractor timestamps(final JsonNode spec) {
        return switch (spec.get("fn").asText()) {
            case "record" -> (record, partitionTime) -> record.timestamp();
            case "partition-time" -> (record, partitionTime) -> Math.max(partitionTime, record.timestamp());
            case "from-value" -> (record, partitionTime) -> {
                final Matcher found = TIME_IN_VALUE.matcher(String.valueOf(record.value()));
                return found.find() ? Long.parseLong(found.group(1)) : record.timestamp();
            };
            default -> throw unknown("timestamp extractor", spec);
        };
    }

    static boolean contains(final Object value, final String text) {
        return value != null && ((String) value).contains(text);
    }

    private static String part(final String value, final String separator, final int index) {
        if (value == null) return null;
        final String[] parts = value.split(Pattern.quote(separator), -1);
        return index < parts.length ? parts[index] : null;
    }

    private static String removed(final String all, final String value) {
        if (all == null) return null;
        final int at = all.indexOf(value);
        return at < 0 ? all : all.substring(0, at) + all.substring(at + value.length());
    }

    private static int compare(final Object one, final Object two) {
        return one instanceof Long number ? number.compareTo((Long) two) : ((String) one).compareTo((String) two);
    }

    private static long number(final Object value) {
        return value == null ? 0 : (Long) value;
    }

    private static IllegalArgumentException unknown(final String what, final JsonNode spec) {
        return new IllegalArgumentException("There is no " + what + " " + spec);
    }
}
