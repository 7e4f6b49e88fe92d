package io.tailrace.benchmarks.sink;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends prepared bodies as fast as the server takes them, and looks no closer at the answers than to see that all went well.
 *
 * @param url of the server
 * @param requests how many are under way at any time
 */
record BareClient(String url, int requests) {
    /** As our sink asks for it. */
    private static final String PATH = "/_bulk?filter_path=errors,items.*.status,items.*.error.type,"
            + "items.*.error.reason,error.type,error.reason";

    private static final String GOOD = "{\"errors\":false,";

    /** Begins to send all of them, and returns at once. */
    Sending send(PreparedBodies bodies) {
        ExecutorService threads = Executors.newFixedThreadPool(requests);
        AtomicInteger next = new AtomicInteger();
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        List<Future<?>> senders = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            senders.add(threads.submit(() -> send(client, bodies, next)));
        }
        return new Sending(threads, senders);
    }

    private void send(HttpClient client, PreparedBodies bodies, AtomicInteger next) {
        try (FileChannel file = FileChannel.open(bodies.file())) {
            for (int number = next.getAndIncrement();
                    number < bodies.bodies().size();
                    number = next.getAndIncrement()) {
                send(client, PreparedBodies.read(file, bodies.bodies().get(number)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException("Interrupted while sending"));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot send prepared bodies: " + e.getMessage(), e);
        }
    }

    private void send(HttpClient client, byte[] body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + PATH))
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        String start = new String(response.body(), 0, Math.min(500, response.body().length), StandardCharsets.UTF_8);
        if (response.statusCode() != 200 || !start.startsWith(GOOD)) {
            throw new IOException("The server answered " + response.statusCode() + ": " + start);
        }
    }

    /**
     * Requests under way.
     *
     * @param threads that send them
     * @param senders one for each thread
     */
    record Sending(ExecutorService threads, List<Future<?>> senders) implements AutoCloseable {
        /** Waits until all is sent. */
        void await() {
            try {
                for (Future<?> sender : senders) {
                    sender.get();
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause().toString(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while sending", e);
            }
        }

        /** Whether it has ended, well or not. */
        boolean hasEnded() {
            return senders.stream().allMatch(Future::isDone);
        }

        @Override
        public void close() {
            threads.shutdownNow();
        }
    }
}
