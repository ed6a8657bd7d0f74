package org.millstream.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;

/** Puts a named processor behind Kafka Streams' two interfaces. */
final class ProcessorSuppliers {
    private ProcessorSuppliers() {
    }

    static ProcessorSupplier<Object, Object, Object, Object> free(final JsonNode spec) {
        return () -> new Processor<>() {
            private final Processors.Step step = Processors.create(spec);

            @Override
            public void init(final ProcessorContext<Object, Object> context) {
                step.init(context, row ->
                    context.forward(new Record<>(row.key(), row.value(), row.at(), row.headers())));
            }

            @Override
            public void process(final Record<Object, Object> record) {
                step.process(
                    new Processors.Row(record.key(), record.value(), record.timestamp(), record.headers()));
            }
        };
    }

    static FixedKeyProcessorSupplier<Object, Object, Object> fixedKey(final JsonNode spec) {
        return () -> new FixedKeyProcessor<>() {
            private final Processors.Step step = Processors.create(spec);
            private FixedKeyRecord<Object, Object> current;

            @Override
            public void init(final FixedKeyProcessorContext<Object, Object> context) {
                step.init(context, row -> context.forward(
                    current.withValue(row.value()).withTimestamp(row.at()).withHeaders(row.headers())));
            }

            @Override
            public void process(final FixedKeyRecord<Object, Object> record) {
                current = record;
                step.process(
                    new Processors.Row(record.key(), record.value(), record.timestamp(), record.headers()));
            }
        };
    }
}
