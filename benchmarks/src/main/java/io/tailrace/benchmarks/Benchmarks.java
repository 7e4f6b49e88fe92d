package io.tailrace.benchmarks;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.Main;

/** The commands of benchmarks/run. */
public final class Benchmarks {
    private static final String STAGES = """
            benchmarks/run stages [arguments of JMH]
              the stages one by one; a regular expression chooses some, -prof gc shows what they allocate""";

    private static final String USAGE = String.join(
            "\n\n",
            Options.USAGE,
            LatencyOptions.USAGE,
            SinkOptions.USAGE,
            EndToEndOptions.USAGE,
            IdleBenchmark.USAGE,
            STAGES);

    private Benchmarks() {}

    /** What can be run, with the words that follow the command. */
    private interface Command {
        /** Returns whether all went well. */
        boolean run(List<String> words) throws IOException, InterruptedException;
    }

    /**
     * Runs a command. Ends the JVM: with 0 if all went well, with 1 if something did not, with 2 if the arguments are wrong.
     *
     * @param arguments the command and its options; {@code --plugins} and {@code --configs} come from benchmarks/run
     * @throws IOException if JMH can't do its work
     */
    public static void main(String[] arguments) throws IOException {
        String command = arguments.length == 0 ? "" : arguments[0];
        List<String> words = Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length);
        switch (command) {
            case "stages" -> Main.main(words.toArray(String[]::new));
            case "source" -> System.exit(run(Benchmarks::source, words));
            case "latency" -> System.exit(run(Benchmarks::latency, words));
            case "sink" -> System.exit(run(Benchmarks::sink, words));
            case "end-to-end" -> System.exit(run(Benchmarks::endToEnd, words));
            case "idle" -> System.exit(run(Benchmarks::idle, words));
            default -> {
                say(command.isEmpty() ? "A command is missing" : "Unknown command " + command);
                say(USAGE);
                System.exit(2);
            }
        }
    }

    private static boolean source(List<String> words) throws IOException {
        return new SourceBenchmark(Options.parse(words), Benchmarks::say).run();
    }

    private static boolean latency(List<String> words) throws IOException {
        return new LatencyBenchmark(LatencyOptions.parse(words), Benchmarks::say).run();
    }

    private static boolean sink(List<String> words) throws IOException {
        return new SinkBenchmark(SinkOptions.parse(words), Benchmarks::say).run();
    }

    private static boolean endToEnd(List<String> words) throws IOException {
        return new EndToEndBenchmark(EndToEndOptions.parse(words), Benchmarks::say).run();
    }

    private static boolean idle(List<String> words) throws IOException, InterruptedException {
        new IdleBenchmark(words).run(Benchmarks::say);
        return true;
    }

    private static int run(Command command, List<String> words) {
        try {
            return command.run(words) ? 0 : 1;
        } catch (IllegalArgumentException e) {
            say(e.getMessage());
            say(USAGE);
            return 2;
        } catch (RuntimeException | IOException | InterruptedException e) {
            say("Failed: " + e);
            return 1;
        }
    }

    @SuppressWarnings("SystemOut")
    private static void say(String text) {
        System.out.println(text);
    }
}
