package org.millstream.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.kafka.streams.kstream.ValueTransformerWithKey;
import org.apache.kafka.streams.kstream.ValueTransformerWithKeySupplier;
import org.apache.kafka.streams.processor.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/** The named transformers of tables. */
final class Transformers {
    private Transformers() {
    }

    static ValueTransformerWithKeySupplier<Object, Object, Object> supplier(final JsonNode spec) {
        return () -> new ValueTransformerWithKey<>() {
            private ProcessorContext context;

            @Override
            public void init(final ProcessorContext given) {
                context = given;
                if (spec.has("store")) counts();
            }

            @Override
            public Object transform(final Object key, final Object value) {
                return switch (spec.get("fn").asText()) {
                    case "number" -> numbered(key, value);
                    case "with-time" ->
                        value == null ? null : Columns.show(value) + "@" + context.currentStreamTimeMs();
                    case "fill" -> value == null ? spec.get("text").asText() : value;
                    default -> throw new IllegalArgumentException("There is no transformer " + spec);
                };
            }

            private String numbered(final Object key, final Object value) {
                final Long before = (Long) counts().get(key);
                final long count = before == null ? 1 : before + 1;
                counts().put(key, count);
                return value == null ? null : Columns.show(value) + "#" + count;
            }

            private KeyValueStore<Object, Object> counts() {
                return context.getStateStore(spec.get("store").asText());
            }

            @Override
            public void close() {
            }
        };
    }
}
