package io.tailrace.benchmarks.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Log files that are there to be read.
 *
 * @param folder holds them and nothing else
 * @param data what is in them
 * @param lines how many lines in all of them together
 * @param bytes their size, line ends included
 */
public record Input(Path folder, DataSet data, int lines, long bytes) {
    private static final int BUFFER_BYTES = 1 << 20;

    /**
     * Writes them.
     *
     * @param folder made here
     * @param data what is in them
     * @param usualLines how many, if the lines are of the usual length
     * @return what was written
     */
    public static Input write(Path folder, DataSet data, int usualLines) {
        int lines = data.count(usualLines);
        AccessLog log = data.lines();
        try {
            Files.createDirectories(folder);
            long bytes = 0;
            for (int file = 0; file < data.files(); file++) {
                int share = lines / data.files() + (file < lines % data.files() ? 1 : 0);
                bytes += write(folder.resolve("access-%04d.log".formatted(file)), log, share);
            }
            return new Input(folder, data, lines, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the log files in " + folder, e);
        }
    }

    private static long write(Path file, AccessLog log, int lines) throws IOException {
        long bytes = 0;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES)) {
            for (int i = 0; i < lines; i++) {
                byte[] line = log.next();
                out.write(line);
                out.write('\n');
                bytes += line.length + 1;
            }
        }
        return bytes;
    }

    /**
     * All of them, as a pattern.
     *
     * @return the file if there is one, else a glob
     */
    public Path pattern() {
        return isOneFile() ? folder.resolve("access-0000.log") : folder.resolve("access-*.log");
    }

    /**
     * Whether there is one file only: some programs take no more.
     *
     * @return whether {@link #pattern} is a file
     */
    public boolean isOneFile() {
        return data.files() == 1;
    }
}
