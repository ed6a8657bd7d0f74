package org.millstream.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.kstream.WindowedSerdes;

/** The types of keys and values: their serdes, and how they are shown. */
final class Columns {
    private Columns() {
    }

    /** A serde of a column as resolved cases write it; null when there is none. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    static Serde<Object> serde(final JsonNode column) {
        if (column == null || column.isMissingNode()) return null;
        if (column.isTextual()) {
            final Serde plain = column.asText().equals("long") ? Serdes.Long() : Serdes.String();
            return plain;
        }
        final Serde inner = serde(column.get("windowed"));
        final Serde windowed = column.get("kind").asText().equals("session")
            ? new WindowedSerdes.SessionWindowedSerde<>(inner)
            : new WindowedSerdes.TimeWindowedSerde<>(inner, column.get("size").asLong());
        return windowed;
    }

    static Object datum(final JsonNode node) {
        if (node == null || node.isNull() || node.isMissingNode()) return null;
        return node.isTextual() ? node.asText() : (Object) node.asLong();
    }

    /** Keys and values as text, as the functions of cases write them. */
    static String show(final Object value) {
        if (value instanceof Windowed<?> windowed) {
            return show(windowed.key()) + "@" + windowed.window().start() + "/" + windowed.window().end();
        }
        return String.valueOf(value);
    }
}
