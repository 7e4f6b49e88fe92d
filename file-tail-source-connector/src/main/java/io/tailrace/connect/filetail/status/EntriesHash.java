package io.tailrace.connect.filetail.status;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells whether a task runs with the entries that its connector means it to have. */
public final class EntriesHash {
    private static final int CHARS = 16;

    private EntriesHash() {}

    /**
     * Hashes.
     *
     * @param taskEntries the task's entries as they stand in its configuration
     * @return 16 hexadecimal digits
     */
    public static String of(String taskEntries) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(taskEntries.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, CHARS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
