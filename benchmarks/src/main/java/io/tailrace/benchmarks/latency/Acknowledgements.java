package io.tailrace.benchmarks.latency;

import io.tailrace.benchmarks.sink.BulkEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Stands between a sink and its server: passes bulk requests on, and notes when the server has acknowledged the stamped lines in
 * them. From then on the next refresh makes them searchable. What it takes itself counts as the sink's.
 */
final class Acknowledgements implements AutoCloseable {
    private static final byte[] MESSAGE = "\"message\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] GOOD = "{\"errors\":false,".getBytes(StandardCharsets.US_ASCII);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String server;
    private final Arrivals arrivals;
    private final BulkEndpoint endpoint;

    /**
     * Listens on a free port.
     *
     * @param server where requests go
     * @param arrivals told of each line whose request went well as a whole
     */
    Acknowledgements(String server, Arrivals arrivals) {
        this.server = server;
        this.arrivals = arrivals;
        this.endpoint = new BulkEndpoint(this::passOn);
    }

    /** Where a sink sends its requests. */
    String url() {
        return endpoint.url();
    }

    private BulkEndpoint.Reply passOn(String query, InputStream in) throws IOException {
        byte[] body = in.readAllBytes();
        HttpRequest request = HttpRequest.newBuilder(URI.create(server + "/_bulk" + (query == null ? "" : "?" + query)))
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        HttpResponse<byte[]> response = send(request);
        long now = System.nanoTime();
        if (response.statusCode() == 200 && isAt(response.body(), 0, GOOD)) {
            stamps(body).forEach(written -> arrivals.add(written, now));
        }
        return new BulkEndpoint.Reply(response.statusCode(), response.body());
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while waiting for the server");
        }
    }

    /** When the lines in a bulk body were written. In JSON no string can look like the beginning of a member. */
    static List<Long> stamps(byte[] body) {
        List<Long> stamps = new ArrayList<>();
        for (int i = 0; i < body.length; i++) {
            if (isAt(body, i, MESSAGE)) {
                stamps.add(StampedLine.stamp(body, i + MESSAGE.length));
            }
        }
        return stamps;
    }

    private static boolean isAt(byte[] bytes, int start, byte[] wanted) {
        if (bytes.length - start < wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (bytes[start + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
