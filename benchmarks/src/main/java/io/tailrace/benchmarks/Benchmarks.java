package io.tailrace.benchmarks;

import java.io.IOException;
import java.util.Arrays;
import org.openjdk.jmh.Main;

/** The commands of benchmarks/run. */
public final class Benchmarks {
    private static final String USAGE = """
            benchmarks/run stages [arguments of JMH]
              the stages one by one; a regular expression chooses some, -prof gc shows what they allocate""";

    private Benchmarks() {}

    /**
     * Runs a command. Ends the JVM with 2 if there is no such command.
     *
     * @param arguments the command and its options
     * @throws IOException if JMH can't do its work
     */
    public static void main(String[] arguments) throws IOException {
        String command = arguments.length == 0 ? "" : arguments[0];
        if (command.equals("stages")) {
            Main.main(Arrays.copyOfRange(arguments, 1, arguments.length));
        } else {
            say(command.isEmpty() ? "A command is missing" : "Unknown command " + command);
            say(USAGE);
            System.exit(2);
        }
    }

    @SuppressWarnings("SystemOut")
    private static void say(String text) {
        System.out.println(text);
    }
}
