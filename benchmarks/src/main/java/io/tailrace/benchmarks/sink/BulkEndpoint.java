package io.tailrace.benchmarks.sink;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server in this JVM, to which bulk requests are sent. */
public final class BulkEndpoint implements AutoCloseable {
    /** More than any sink has under way. */
    private static final int THREADS = 16;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, BulkEndpoint::thread);
    private final Answering answering;

    /** What answers requests. Called by several threads. */
    public interface Answering {
        /**
         * Answers.
         *
         * @param query of the request; null if it has none
         * @param body of the request
         * @return what to answer
         * @throws IOException if the request can't be read
         */
        Reply reply(String query, InputStream body) throws IOException;
    }

    /** An answer. */
    public static final class Reply {
        private final int status;
        private final byte[] json;

        /**
         * An answer.
         *
         * @param status of HTTP
         * @param json its body, which must not change
         */
        public Reply(int status, byte[] json) {
            this.status = status;
            this.json = json;
        }
    }

    /**
     * Listens on a free port of this machine.
     *
     * @param answering answers what is sent to {@code /_bulk}; all else answers 404
     */
    public BulkEndpoint(Answering answering) {
        this.answering = answering;
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen", e);
        }
        server.createContext("/_bulk", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "bulk-endpoint");
        thread.setDaemon(true);
        return thread;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Reply reply = answering.reply(exchange.getRequestURI().getRawQuery(), exchange.getRequestBody());
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(reply.status, reply.json.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(reply.json);
            }
        }
    }

    /**
     * Where it listens.
     *
     * @return an address without a path
     */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
