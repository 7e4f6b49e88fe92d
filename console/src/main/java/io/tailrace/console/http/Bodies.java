package io.tailrace.console.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;

/** Bodies of requests, within limits of size and time. */
final class Bodies {
    /** A sender that trickles is cut off then, however often it shows signs of life. */
    private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(20);

    private Bodies() {}

    static byte[] read(HttpServletRequest request, int maxBytes) throws IOException {
        if (request.getContentLengthLong() > maxBytes) {
            throw tooLarge(maxBytes);
        }
        long start = System.nanoTime();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        InputStream in = request.getInputStream();
        byte[] buffer = new byte[16 << 10];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            body.write(buffer, 0, count);
            if (body.size() > maxBytes) {
                throw tooLarge(maxBytes);
            }
            if (System.nanoTime() - start > MAX_NANOS) {
                throw new Problem(
                        408, "too-slow", "The request came too slowly", "The body took longer than 20 seconds");
            }
        }
        return body.toByteArray();
    }

    private static Problem tooLarge(int maxBytes) {
        return new Problem(
                413, "too-large", "The request is too large", "The body has more than " + maxBytes + " bytes");
    }
}
