package io.tailrace.benchmarks.peers;

import io.tailrace.benchmarks.data.Input;
import io.tailrace.servers.ChildProcess;
import io.tailrace.servers.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program that is no JVM: started for each pass, and killed at its end.
 *
 * @param name what it is called in results
 * @param program its name on the PATH
 * @param manyFiles whether it takes a glob
 * @param setting how it is run
 */
record ProgramContender(String name, String program, boolean manyFiles, Setting setting) implements Contender {

    private static final int ACCOUNT_CHARS = 1000;

    /** How a program is run. */
    interface Setting {
        /** Writes what it needs into the pass's folder, and gives its arguments. */
        List<String> arguments(Bench bench, Pass pass) throws IOException;
    }

    @Override
    public Optional<String> missing(Input input) {
        if (Programs.find(program).isEmpty()) {
            return Optional.of("no " + program + " on the PATH");
        }
        return manyFiles || input.isOneFile() ? Optional.empty() : Optional.of("reads one file only");
    }

    @Override
    public boolean warmsUp() {
        return false;
    }

    @Override
    public Running start(Bench bench) {
        return new Program(bench);
    }

    private final class Program implements Running {
        private final Bench bench;
        private ChildProcess process;

        private Program(Bench bench) {
            this.bench = bench;
        }

        private static Path log(Pass pass) {
            return pass.state().resolve("output.log");
        }

        @Override
        public void begin(Pass pass) {
            try {
                Files.createDirectories(pass.state());
                List<String> command = new ArrayList<>();
                command.add(Programs.find(program).orElseThrow().toString());
                command.addAll(setting.arguments(bench, pass));
                process = ChildProcess.start(command, Map.of(), pass.state(), log(pass));
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot run " + program, e);
            }
        }

        @Override
        public long pid() {
            return process.pid();
        }

        @Override
        public void end(Pass pass) {
            process.kill();
        }

        @Override
        public String account(Pass pass) {
            try {
                String all = Files.readString(log(pass));
                return all.substring(Math.max(0, all.length() - ACCOUNT_CHARS));
            } catch (IOException e) {
                return "nothing: " + e;
            }
        }

        @Override
        public void close() {
            if (process != null) {
                process.kill();
            }
        }
    }
}
