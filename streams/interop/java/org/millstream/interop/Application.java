package org.millstream.interop;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** One instance of the topology at a time. */
final class Application implements AutoCloseable {
    private static final int PATIENCE_S = 60;

    private static final CloseOptions LEAVING = CloseOptions
        .groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
        .withTimeout(Duration.ofSeconds(PATIENCE_S));

    private final String bootstrapServers;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private KafkaStreams streams;

    Application(final String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    String start(final String application, final String inputs, final String guarantee, final String stateDir)
        throws InterruptedException {
        final KafkaStreams starting = new KafkaStreams(
            new InteropTopology(application, inputs).build(), properties(application, guarantee, stateDir));
        final CountDownLatch running = new CountDownLatch(1);
        starting.setStateListener((state, before) -> {
            if (state == KafkaStreams.State.RUNNING || state == KafkaStreams.State.ERROR) running.countDown();
        });
        starting.setUncaughtExceptionHandler(error -> {
            failure.set(error);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        streams = starting;
        starting.start();
        if (!running.await(PATIENCE_S, TimeUnit.SECONDS)) throw new IllegalStateException("It did not begin to run.");
        failIfFailed();
        return "running";
    }

    String stop() {
        close();
        failIfFailed();
        return "stopped";
    }

    @Override
    public void close() {
        // Or the next one to take its turn would wait for the session time-out.
        if (streams != null) streams.close(LEAVING);
        streams = null;
    }

    /** Throws what made Kafka Streams end, once. */
    void failIfFailed() {
        final Throwable error = failure.getAndSet(null);
        if (error != null) throw new IllegalStateException("Kafka Streams ended by itself: " + error, error);
    }

    private Properties properties(final String application, final String guarantee, final String stateDir) {
        final Properties properties = new Properties();
        properties.put("application.id", application);
        properties.put("bootstrap.servers", bootstrapServers);
        properties.put("processing.guarantee", guarantee);
        properties.put("state.dir", stateDir);
        properties.put("commit.interval.ms", 100);
        properties.put("statestore.cache.max.bytes", 0);
        // What went through repartition topics is compared too.
        properties.put("repartition.purge.interval.ms", 3_600_000);
        properties.put("group.protocol", "classic");
        properties.put("session.timeout.ms", 6000);
        properties.put("heartbeat.interval.ms", 500);
        return properties;
    }
}
