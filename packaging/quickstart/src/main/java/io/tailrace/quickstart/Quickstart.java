package io.tailrace.quickstart;

import io.tailrace.servers.LocalServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Starts everything, shows that it works, and leaves it running until Ctrl-C. */
public final class Quickstart {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final int RUN_NAME_CHARS = 8;

    private final Screen screen;
    private final Options options;
    private final Stop stop = new Stop();
    private final Servers servers;

    private Quickstart(Screen screen, Options options) {
        this.screen = screen;
        this.options = options;
        this.servers = new Servers(options, screen, stop);
    }

    /**
     * Runs it. Ends the JVM: with 0 after {@code --once} if all went well, with 1 if something did not, and with 2 if the
     * arguments are wrong.
     *
     * @param arguments as in bin/quickstart, and {@code --plugins} and {@code --configs}
     */
    public static void main(String[] arguments) {
        Screen screen = new Screen(System.out);
        Options options;
        try {
            options = Options.parse(List.of(arguments));
        } catch (IllegalArgumentException e) {
            screen.say(e.getMessage() + ". Usage: " + Options.USAGE);
            System.exit(2);
            return;
        }
        System.exit(start(screen, options) ? 0 : 1);
    }

    private static boolean start(Screen screen, Options options) {
        try {
            new PortPlan(options.portBase()).requireFree();
        } catch (IllegalStateException e) {
            screen.say(e.getMessage());
            return false;
        }
        try {
            new Quickstart(screen, options).run();
            return true;
        } catch (RuntimeException e) {
            screen.say("");
            screen.say("Failed: " + e.getMessage());
            screen.say("Each server's log is in its own folder in " + options.directory());
            return false;
        }
    }

    private void run() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "end"));
        screen.step("Starting the servers; their files are in " + options.directory());
        servers.start();
        Pipeline pipeline = new Pipeline(options, servers);
        try {
            demonstrate(pipeline);
        } catch (RuntimeException e) {
            throw new IllegalStateException(e.getMessage() + "\nConnectors:\n" + pipeline.status(), e);
        }
        if (options.once()) {
            screen.step("All of it arrived");
        } else {
            untilTheEnd();
        }
    }

    private void demonstrate(Pipeline pipeline) {
        Path logs = options.directory().resolve("logs");
        Demonstration demonstration = new Demonstration(screen, servers, new Documents(servers, stop), logs, runName());
        screen.step("Writing the list of files to etcd, and both connectors to Connect");
        Entries entries = demonstration.entries();
        screen.say("put " + Entries.KEY + " " + entries);
        entries.putInto(servers.etcd());
        pipeline.start();
        screen.step("Writing a sample log");
        demonstration.collectsTheSample();
        screen.step("Appending a line to it");
        demonstration.followsAnAppend();
        screen.step("Adding a file in etcd");
        demonstration.collectsAFileThatEtcdIsToldOf();
        if (!options.once()) {
            screen.step("All of it is running");
            screen.say(new Advice(servers, options.directory(), entries, pipeline.sourceName()).text());
            screen.say("Ctrl-C stops everything.");
        }
    }

    private void untilTheEnd() {
        while (!stop.isRequestedWithin(LOOK_EVERY)) {
            Optional<LocalServer> dead = servers.dead();
            if (dead.isPresent()) {
                throw new IllegalStateException(
                        "A server has ended by itself; see " + dead.get().log());
            }
        }
    }

    private void end() {
        stop.request();
        screen.step("Stopping all servers");
        servers.stopAll();
        screen.say("Stopped.");
    }

    /** A word by which this run's lines are told from those of earlier ones. */
    private static String runName() {
        return "r" + UUID.randomUUID().toString().replace("-", "").substring(0, RUN_NAME_CHARS);
    }
}
