package io.tailrace.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Lines become documents: those of a sample log, one that is appended, and those of a file that etcd is told of. */
final class Demonstration {

    private static final Duration ARRIVAL_TIMEOUT = Duration.ofSeconds(60);
    private static final int SAMPLE_LINES = 5;
    private static final String WEB = "web_log";
    private static final String APP = "app_log";

    private final Screen screen;
    private final Servers servers;
    private final Documents documents;
    private final LogFile web;
    private final LogFile app;
    private final String run;

    /**
     * Prepares it.
     *
     * @param run a word that no earlier run in the same folder has used
     */
    Demonstration(Screen screen, Servers servers, Documents documents, Path logs, String run) {
        this.screen = screen;
        this.servers = servers;
        this.documents = documents;
        this.web = new LogFile(logs.resolve("web.log"));
        this.app = new LogFile(logs.resolve("app.log"));
        this.run = run;
    }

    /** What etcd says at first. */
    Entries entries() {
        return new Entries().with("web", web.path(), WEB);
    }

    void collectsTheSample() {
        String word = run + "sample";
        web.append(IntStream.rangeClosed(1, SAMPLE_LINES)
                .mapToObj(number -> "192.0.2." + number + " GET /" + word + " 200")
                .toList());
        show(WEB, word, SAMPLE_LINES);
    }

    void followsAnAppend() {
        String word = run + "appended";
        screen.say("echo '192.0.2.7 GET /" + word + " 200' >> " + web.path());
        web.append(List.of("192.0.2.7 GET /" + word + " 200"));
        show(WEB, word, 1);
    }

    void collectsAFileThatEtcdIsToldOf() {
        String word = run + "added";
        app.append(List.of("{\"time\":\"123\",\"code\":\"200\",\"msg\":\"" + word + " ok\"}"));
        Entries both = entries().with("app", app.path(), APP);
        screen.say("put " + Entries.KEY + " " + both);
        both.putInto(servers.etcd());
        show(APP, word, 1);
    }

    private void show(String index, String word, int expected) {
        long startNanos = System.nanoTime();
        List<JsonNode> arrived = documents.await(index, word, expected, ARRIVAL_TIMEOUT);
        long millis = Duration.ofNanos(System.nanoTime() - startNanos).toMillis();
        arrived.forEach(document -> screen.say("  " + index + " <- " + document));
        screen.say(String.format("  %d of %d arrived, after %.1f s", arrived.size(), expected, millis / 1000.0));
    }
}
