package io.tailrace.console.history;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Texts of lists as they are kept in the history: compressed, since etcd takes 1.5 MiB in one request. */
final class Packed {
    /** More than any list has; who writes to etcd must not be able to fill the memory. */
    private static final int MAX_BYTES = 8 << 20;

    private Packed() {}

    static String pack(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("Bytes in memory could not be written", e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /** Throws an {@link IllegalArgumentException} for what {@link #pack} didn't make. */
    static String unpack(String packed) {
        byte[] bytes = Base64.getDecoder().decode(packed);
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            byte[] text = gzip.readNBytes(MAX_BYTES + 1);
            if (text.length > MAX_BYTES) {
                throw new IllegalArgumentException("more than " + MAX_BYTES + " bytes");
            }
            return new String(text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalArgumentException("not compressed text: " + e.getMessage(), e);
        }
    }
}
