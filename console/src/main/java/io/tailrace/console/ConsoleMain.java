package io.tailrace.console;

import io.tailrace.console.auth.Passwords;
import io.tailrace.console.config.ConsoleConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.config.ConfigException;

/** The command: runs a console, or makes a hash of a password. */
public final class ConsoleMain {
    /** All went well. */
    public static final int GOOD = 0;
    /** The console can't start, or the password can't be used. */
    public static final int REFUSED = 1;
    /** The arguments are wrong, or the file can't be read. */
    public static final int UNUSABLE = 2;

    static final String USAGE = """
            Usage: tailrace-console FILE.properties
                   tailrace-console hash-password
            Runs the console with the settings of a file (docs/console.md), until it is ended.
              hash-password   reads a password from the terminal, or a line of standard input, and prints what auth.users.file
                              takes behind the role: alice=editor:HASH
            Exit status: 0 if all went well, 1 if the settings or the password are refused, 2 if the arguments are wrong or the
            file can't be read.
            """;

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    /**
     * Makes the command.
     *
     * @param in what a password is read from
     * @param out takes results
     * @param err takes what is wrong
     */
    public ConsoleMain(InputStream in, PrintStream out, PrintStream err) {
        this.in = in;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs it on the process's own streams, and ends the process.
     *
     * @param arguments see {@link #run}
     */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(new ConsoleMain(System.in, out, err).run(List.of(arguments)));
    }

    /**
     * Runs it.
     *
     * @param arguments as the usage says
     * @return the exit status
     */
    public int run(List<String> arguments) {
        if (arguments.equals(List.of("--help")) || arguments.equals(List.of("-h"))) {
            out.print(USAGE);
            return GOOD;
        }
        if (arguments.size() != 1 || arguments.get(0).startsWith("-")) {
            err.print(USAGE);
            return UNUSABLE;
        }
        return arguments.get(0).equals("hash-password") ? hashPassword() : serve(arguments.get(0));
    }

    private int hashPassword() {
        try {
            out.println(Passwords.hash(password()));
            return GOOD;
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            return REFUSED;
        } catch (IOException e) {
            err.println("The password can't be read: " + e.getMessage());
            return UNUSABLE;
        }
    }

    /** Where there is a console that is no terminal, the prompt goes where people don't see it, and the line is read all the same. */
    @SuppressWarnings("SystemConsoleNull")
    private String password() throws IOException {
        if (System.console() != null) {
            char[] typed = System.console().readPassword("Password: ");
            return typed == null ? "" : new String(typed);
        }
        String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
        return line == null ? "" : line;
    }

    private int serve(String file) {
        try (Console console = Console.start(new ConsoleConfig(settings(Path.of(file))), InstantSource.system())) {
            out.println("The console listens on port " + console.port());
            CountDownLatch ended = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(console::close, "console-close"));
            ended.await();
            return GOOD;
        } catch (ConfigException e) {
            err.println(file + ": " + e.getMessage());
            return REFUSED;
        } catch (IOException e) {
            err.println(file + ": can't be read: " + e.getMessage());
            return UNUSABLE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return GOOD;
        }
    }

    private static Map<String, String> settings(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IllegalArgumentException e) {
            throw new IOException("it is no properties file: " + e.getMessage(), e);
        }
        Map<String, String> settings = new LinkedHashMap<>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        return settings;
    }
}
