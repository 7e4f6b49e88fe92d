package io.tailrace.it.support;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What rotation does to a file, with numbered names: {@code app.log.1} is the newest rotated one. */
public final class LogFiles {

    private LogFiles() {}

    /**
     * Renames a file to {@code app.log.1}, with older ones renamed before it.
     *
     * @param file which one; it isn't there any more afterwards
     * @param keep how many rotated files stay; older ones are deleted
     * @throws IOException if it can't be done
     */
    public static void rename(Path file, int keep) throws IOException {
        shift(file, keep);
        Files.move(file, rotated(file, 1));
    }

    /**
     * Copies a file to {@code app.log.1}, with older ones renamed before it, and truncates it. What is written to it
     * meanwhile may be lost.
     *
     * @param file which one
     * @param keep how many rotated files stay; older ones are deleted
     * @throws IOException if it can't be done
     */
    public static void copyTruncate(Path file, int keep) throws IOException {
        shift(file, keep);
        Files.copy(file, rotated(file, 1));
        truncate(file);
    }

    /**
     * Leaves nothing in a file.
     *
     * @param file which one
     * @throws IOException if it can't be done
     */
    public static void truncate(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
    }

    /**
     * A rotated file.
     *
     * @param file its name before it was rotated
     * @param number from 1, the newest
     * @return its path
     */
    public static Path rotated(Path file, int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    private static void shift(Path file, int keep) throws IOException {
        int oldest = 0;
        while (Files.exists(rotated(file, oldest + 1))) {
            oldest++;
        }
        for (int number = oldest; number >= 1; number--) {
            if (number >= keep) {
                Files.delete(rotated(file, number));
            } else {
                Files.move(rotated(file, number), rotated(file, number + 1));
            }
        }
    }
}
