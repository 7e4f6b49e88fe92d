package io.tailrace.benchmarks.peers;

import io.tailrace.benchmarks.ceiling.PluginJar;
import io.tailrace.servers.Connect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All that can be measured. */
public final class Peers {
    /** Ours, as it is shipped. */
    public static final String TAILRACE = "tailrace";

    /** The worker's own limit. */
    public static final String MADE_UP = "made-up records";

    private static final int QUEUE_MESSAGES = 1_000_000;

    private static final Contender TAILRACE_AS_SHIPPED =
            new WorkerContender(TAILRACE, Bench::plugins, true, Connectors::tailrace);
    private static final Contender FILE_STREAM =
            new WorkerContender("FileStreamSource", bench -> Connect.fileConnectors(), false, Connectors::fileStream);
    private static final Contender RSYSLOG = new ProgramContender("rsyslog", "rsyslogd", true, Peers::rsyslog);
    private static final Contender FLUENT_BIT =
            new ProgramContender("Fluent Bit", "fluent-bit", true, Peers::fluentBit);

    private Peers() {}

    /**
     * Those that send lines to Kafka.
     *
     * @return in the order in which they are measured
     */
    public static List<Contender> sources() {
        return List.of(
                new WorkerContender(MADE_UP, Peers::madeUpPlugin, true, Connectors::madeUp),
                TAILRACE_AS_SHIPPED,
                new WorkerContender("tailrace bare", Bench::plugins, true, Connectors::tailraceBare),
                FILE_STREAM,
                RSYSLOG,
                FLUENT_BIT,
                new ProgramContender("kcat", "kcat", false, Peers::kcat));
    }

    /**
     * Those of them that go on reading what is appended to a file.
     *
     * @return in the order in which they are measured
     */
    public static List<Contender> followers() {
        List<Contender> all = new ArrayList<>(ours());
        all.addAll(List.of(FILE_STREAM, RSYSLOG, FLUENT_BIT));
        return all;
    }

    /**
     * Ours as it is shipped, and at least once.
     *
     * @return in the order in which they are measured
     */
    public static List<Contender> ours() {
        return List.of(TAILRACE_AS_SHIPPED, new AtLeastOnce(TAILRACE_AS_SHIPPED));
    }

    private static Path madeUpPlugin(Bench bench) {
        Path folder = bench.folder().resolve("made-up-plugin");
        PluginJar.write(folder);
        return folder;
    }

    private static List<String> kcat(Bench bench, Pass pass) {
        return List.of(
                "-P",
                "-b",
                bench.bootstrapServers(),
                "-t",
                pass.topic(),
                "-l",
                pass.input().pattern().toString(),
                "-z",
                "lz4",
                "-X",
                "linger.ms=20",
                "-X",
                "queue.buffering.max.messages=" + QUEUE_MESSAGES);
    }

    private static List<String> rsyslog(Bench bench, Pass pass) throws IOException {
        Path file = pass.state().resolve("rsyslog.conf");
        Files.writeString(file, """
                global(workDirectory="%s" maxMessageSize="64k")
                module(load="imfile")
                module(load="omkafka")
                template(name="line" type="string" string="%%msg%%")
                main_queue(queue.type="FixedArray" queue.size="500000" queue.dequeueBatchSize="4096")
                input(type="imfile" file="%s" tag="log" ruleset="kafka")
                ruleset(name="kafka") {
                  action(type="omkafka" broker=["%s"] topic="%s" template="line" confParam=[
                    "compression.codec=lz4", "linger.ms=20", "queue.buffering.max.messages=%d"])
                }
                """.formatted(
                        pass.state(), pass.input().pattern(), bench.bootstrapServers(), pass.topic(), QUEUE_MESSAGES));
        return List.of(
                "-n", "-f", file.toString(), "-i", pass.state().resolve("pid").toString());
    }

    private static List<String> fluentBit(Bench bench, Pass pass) throws IOException {
        Path file = pass.state().resolve("fluent-bit.conf");
        Files.writeString(
                file, """
                [SERVICE]
                    flush        0.2
                    log_level    warn
                [INPUT]
                    name                tail
                    path                %s
                    read_from_head      true
                    refresh_interval    1
                    buffer_max_size     64k
                    key                 message
                [OUTPUT]
                    name                kafka
                    match               *
                    brokers             %s
                    topics              %s
                    format              raw
                    raw_log_key         message
                    rdkafka.compression.codec             lz4
                    rdkafka.linger.ms                     20
                    rdkafka.queue.buffering.max.messages  %d
                """.formatted(pass.input().pattern(), bench.bootstrapServers(), pass.topic(), QUEUE_MESSAGES));
        return List.of("-c", file.toString());
    }
}
