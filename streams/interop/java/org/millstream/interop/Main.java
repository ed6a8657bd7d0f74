package org.millstream.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Kafka Streams and Kafka's own clients, driven by a test: a command per line in, an answer per line out. */
public final class Main {
    public static void main(final String[] arguments) throws Exception {
        final ObjectMapper json = new ObjectMapper();
        final PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Cluster cluster = new Cluster(arguments[0]); Application application = new Application(arguments[0])) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                final Map<String, Object> answer = new HashMap<>();
                try {
                    answer.put("answer", run(json.readTree(line), cluster, application));
                } catch (final Exception error) {
                    answer.put("error", error.toString());
                }
                out.println(json.writeValueAsString(answer));
                out.flush();
            }
        }
    }

    private static List<String> texts(final JsonNode texts) {
        final List<String> found = new ArrayList<>();
        texts.forEach(text -> found.add(text.asText()));
        return found;
    }

    private static Object run(final JsonNode command, final Cluster cluster, final Application application)
        throws Exception {
        application.failIfFailed();
        final String name = command.path("application").asText();
        return switch (command.get("do").asText()) {
            case "start" -> application.start(
                name, command.get("inputs").asText(), command.get("guarantee").asText(), command.get("stateDir").asText());
            case "stop" -> application.stop();
            case "topics" -> cluster.topics(name + "-");
            case "records" -> cluster.records(texts(command.get("topics")));
            case "committed" -> cluster.committed(name);
            default -> throw new IllegalArgumentException("There is no command " + command);
        };
    }
}
