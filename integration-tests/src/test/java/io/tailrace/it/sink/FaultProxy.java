package io.tailrace.it.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;

/**
 * Stands between the sink and a server, and does what networks, balancers and overloaded servers do. It can be told anew at
 * any time; what hangs then goes on.
 */
final class FaultProxy implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CHUNK_BYTES = 1024;
    private static final String FAULT = "{\"error\":{\"type\":\"fault\"}}";

    /** What happens to requests. */
    private enum Kind {
        PASS,
        RESET,
        HANG,
        SLOW,
        ANSWER
    }

    /** A fault; {@code argument} is a status, or milliseconds for each kilobyte. */
    private record Fault(Kind kind, int argument, CountDownLatch over) {

        Fault(Kind kind, int argument) {
            this(kind, argument, new CountDownLatch(1));
        }
    }

    /** Says of an item, by its id and how often it came before, with which status it is refused; 0 lets it through. */
    interface ItemFault {
        int status(String id, int earlier);
    }

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "fault-proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final URI target;
    private final HttpServer server;
    private final Map<String, Integer> attempts = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile Fault fault = new Fault(Kind.PASS, 0);
    private volatile IntPredicate faulty = request -> true;
    private volatile String authorization;
    private volatile ItemFault itemFault = (id, earlier) -> 0;

    /** A proxy that lets all through. */
    FaultProxy(URI target) {
        this.target = target;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Lets all through. */
    void pass() {
        become(new Fault(Kind.PASS, 0));
        itemFault = (id, earlier) -> 0;
        authorization = null;
    }

    /** Breaks connections before the answer. */
    void reset() {
        become(new Fault(Kind.RESET, 0));
    }

    /** Never answers. */
    void hang() {
        become(new Fault(Kind.HANG, 0));
    }

    /** Takes its time for each kilobyte of the answer. */
    void slow(int millisPerKilobyte) {
        become(new Fault(Kind.SLOW, millisPerKilobyte));
    }

    /** Answers by itself. */
    void answer(int status) {
        become(new Fault(Kind.ANSWER, status));
    }

    /** Answers some requests by itself, by their numbers from 0 on, and lets the others through. */
    void answer(int status, IntPredicate which) {
        requests.set(0);
        become(new Fault(Kind.ANSWER, status));
        faulty = which;
    }

    /** Answers 401 to all who don't say that they are this user, until {@link #pass}. */
    void wantPassword(String user, String password) {
        become(new Fault(Kind.PASS, 0));
        String pair = user + ":" + password;
        authorization = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /** Refuses single items of bulk requests. */
    void refuseItems(ItemFault items) {
        attempts.clear();
        itemFault = items;
    }

    /** How often each document came since {@link #refuseItems}, by id. */
    Map<String, Integer> attempts() {
        return attempts;
    }

    @Override
    public void close() {
        pass();
        server.stop(0);
        threads.shutdownNow();
    }

    private void become(Fault next) {
        faulty = request -> true;
        Fault before = fault;
        fault = next;
        before.over().countDown();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Fault now = fault;
        boolean isFaulty = faulty.test(requests.getAndIncrement());
        Kind kind = isFaulty ? now.kind() : Kind.PASS;
        if (kind == Kind.RESET) {
            // With the body unread, the peer sees a reset.
            exchange.close();
            return;
        }
        byte[] body = exchange.getRequestBody().readAllBytes();
        String wanted = authorization;
        if (wanted != null && !wanted.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 401, FAULT, 0);
            return;
        }
        switch (kind) {
            case HANG -> {
                awaitOver(now);
                exchange.close();
            }
            case ANSWER -> answer(exchange, now.argument(), FAULT, 0);
            case SLOW -> forward(exchange, body, now.argument());
            default -> forward(exchange, body, 0);
        }
    }

    private void forward(HttpExchange exchange, byte[] body, int millisPerKilobyte) throws IOException {
        boolean isBulk = exchange.getRequestURI().getPath().equals("/_bulk") && body.length > 1;
        Split split = isBulk ? split(new String(body, StandardCharsets.UTF_8)) : null;
        byte[] passed = split == null || split.refused().isEmpty()
                ? body
                : split.passed().getBytes(StandardCharsets.UTF_8);
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        target.resolve(exchange.getRequestURI().toString()))
                .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(passed));
        for (String name : List.of("Content-Type", "Authorization")) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                request.header(name, value);
            }
        }
        if (passed.length == 0 && split != null) {
            answer(exchange, 200, split.merged("{\"items\":[]}"), 0);
            return;
        }
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            boolean merge = split != null && response.statusCode() == 200;
            String text = merge ? split.merged(response.body()) : response.body();
            answer(exchange, response.statusCode(), text, millisPerKilobyte);
        } catch (IOException e) {
            // The server has gone: so does the connection.
            exchange.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.close();
        }
    }

    /** The items of a bulk request, and which of them are refused; an item may be a deletion, without a document. */
    private record Split(String passed, Map<Integer, ObjectNode> refused, int size) {

        String merged(String answer) throws JsonProcessingException {
            if (refused.isEmpty()) {
                return answer;
            }
            ObjectNode merged = (ObjectNode) JSON.readTree(answer);
            List<JsonNode> passedItems = new ArrayList<>();
            merged.path("items").forEach(passedItems::add);
            ArrayNode items = JSON.createArrayNode();
            int next = 0;
            for (int i = 0; i < size; i++) {
                items.add(refused.containsKey(i) ? refused.get(i) : passedItems.get(next++));
            }
            merged.set("items", items);
            return merged.put("errors", true).toString();
        }
    }

    private Split split(String body) throws JsonProcessingException {
        StringBuilder passed = new StringBuilder(body.length());
        Map<Integer, ObjectNode> refused = new ConcurrentHashMap<>();
        String[] lines = body.split("\n", -1);
        int item = 0;
        for (int at = 0; at < lines.length && !lines[at].isEmpty(); item++) {
            Map.Entry<String, JsonNode> action =
                    JSON.readTree(lines[at]).properties().iterator().next();
            String id = action.getValue().path("_id").asText();
            int status = itemFault.status(id, attempts.merge(id, 1, Integer::sum) - 1);
            int next = at + (action.getKey().equals("delete") ? 1 : 2);
            if (status == 0) {
                for (int line = at; line < next; line++) {
                    passed.append(lines[line]).append('\n');
                }
            } else {
                ObjectNode result = JSON.createObjectNode();
                result.putObject(action.getKey())
                        .put("status", status)
                        .putObject("error")
                        .put("type", "fault");
                refused.put(item, result);
            }
            at = next;
        }
        return new Split(passed.toString(), refused, item);
    }

    private static void answer(HttpExchange exchange, int status, String body, int millisPerKilobyte)
            throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            for (int from = 0; from < bytes.length; from += CHUNK_BYTES) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millisPerKilobyte));
                out.write(bytes, from, Math.min(CHUNK_BYTES, bytes.length - from));
                out.flush();
            }
        }
        exchange.close();
    }

    private static void awaitOver(Fault fault) {
        try {
            fault.over().await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
