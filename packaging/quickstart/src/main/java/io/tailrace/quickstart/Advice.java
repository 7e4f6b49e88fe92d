package io.tailrace.quickstart;

import java.nio.file.Path;

/** What to look at and to try, as commands that can be pasted. */
final class Advice {

    private final Servers servers;
    private final Path directory;
    private final Entries entries;
    private final String source;

    Advice(Servers servers, Path directory, Entries entries, String source) {
        this.servers = servers;
        this.directory = directory;
        this.entries = entries;
        this.source = source;
    }

    String text() {
        Path logs = directory.resolve("logs");
        Path other = logs.resolve("other.log");
        return """
                  documents   %1$s/web_log/_search?pretty
                  connectors  %2$s/connectors?expand=status
                  etcd        %3$s, key %4$s
                  Kafka       %5$s
                  folder      %6$s (each server's log is in its own folder there)

                Three things to try, in another terminal:

                1. Append a line, and see it as a document:
                   echo 'hello from me' >> %7$s
                   sleep 3; curl -s '%1$s/web_log/_search?pretty&q=hello'

                2. Collect one more file, into a topic and an index of its own:
                   echo 'a line of another file' >> %8$s
                   %9$s
                   sleep 10; curl -s '%1$s/other_log/_search?pretty'

                3. Limit the rate to one line per second, and watch the lines come in one by one:
                   %10$s
                   sleep 3; seq 1001 1020 >> %7$s
                   for i in 1 2 3 4 5; do sleep 2; curl -s '%1$s/web_log/_count'; echo; done
                   curl -s '%2$s/connectors/%11$s/status'
                """.formatted(
                        servers.elasticsearch().url(),
                        servers.connect().restUrl(),
                        servers.etcd().endpoint(),
                        Entries.KEY,
                        servers.kafka().bootstrapServers(),
                        directory,
                        quoted(logs.resolve("web.log").toString()),
                        quoted(other.toString()),
                        put(entries.with("other", other, "other_log")),
                        put(entries.withRate(1)),
                        source);
    }

    /** Over etcd's own HTTP gateway, which wants base64; etcdctl may not be installed. */
    private String put(Entries value) {
        return "curl -s " + servers.etcd().endpoint() + "/v3/kv/put -d \"{\\\"key\\\":\\\"" + base64(Entries.KEY)
                + "\\\",\\\"value\\\":\\\"" + base64(value.toString()) + "\\\"}\"; echo";
    }

    private static String base64(String text) {
        return "$(printf %s " + quoted(text) + " | base64 | tr -d '\\n')";
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
