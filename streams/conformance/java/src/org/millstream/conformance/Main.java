package org.millstream.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Runs cases on Kafka Streams: a case per line in, an answer per line out; stores in the given folder. */
public final class Main {
    /** Steps call each other, so long topologies need a deep stack. */
    private static final long STACK_BYTES = 256L << 20;

    public static void main(final String[] arguments) throws Exception {
        final Exception[] failure = new Exception[1];
        final Thread thread = new Thread(null, () -> {
            try {
                answerAll(arguments[0]);
            } catch (final Exception unexpected) {
                failure[0] = unexpected;
            }
        }, "cases", STACK_BYTES);
        thread.start();
        thread.join();
        if (failure[0] != null) throw failure[0];
    }

    private static void answerAll(final String folder) throws Exception {
        final ObjectMapper json = new ObjectMapper();
        int cases = 0;
        final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        final BufferedWriter out =
            new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            final JsonNode found = json.readTree(line);
            // A folder each: a driver that failed may not give its stores' files free.
            final Path stateDirectory = Path.of(folder, String.valueOf(cases));
            cases += 1;
            out.write(json.writeValueAsString(new CaseRunner(found, stateDirectory).run()));
            out.write('\n');
            out.flush();
        }
    }
}
