package io.tailrace.connect.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;

/** An HTTP server that takes bulk requests and answers them as it is told, for answers a real server rarely gives. */
final class ScriptedServer implements AutoCloseable {

    static final int CUT = -2;

    /** How many are noted, at their head. */
    private static final int MAX_ACTIONS = 100;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Status for a document; 201 stores it. */
    interface ItemScript {
        int status(String id, String document, int earlierAttempts);
    }

    /**
     * Status for a request; 200 goes on to the items, 0 never answers, -1 resets the connection, {@link #CUT} takes the
     * items and breaks off in the middle of the answer.
     */
    interface RequestScript {
        int status(int request, List<String> lines);
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<String, String> documents = new ConcurrentHashMap<>();
    private final Map<String, Integer> attempts = new ConcurrentHashMap<>();
    private final List<Integer> sizes = new CopyOnWriteArrayList<>();
    private final List<JsonNode> actions = new CopyOnWriteArrayList<>();
    private final List<String> contentTypes = new CopyOnWriteArrayList<>();
    private final List<String> queries = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final List<String> encodings = new CopyOnWriteArrayList<>();
    private final List<String> tenants = new CopyOnWriteArrayList<>();
    private final List<String> others = new CopyOnWriteArrayList<>();
    private final Map<String, Long> batchEnds = new ConcurrentHashMap<>();
    private final AtomicInteger outOfOrder = new AtomicInteger();
    private volatile ItemScript items = (id, document, earlier) -> 201;
    private volatile RequestScript requests = (request, lines) -> 200;
    private volatile int lookupStatus = 404;
    private volatile String lookup = "{}";

    ScriptedServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/_bulk", this::bulk);
        server.createContext("/", this::other);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void answerItems(ItemScript script) {
        items = script;
    }

    void answerRequests(RequestScript script) {
        requests = script;
    }

    /** What it says to whoever asks for anything; else it knows nothing. */
    void answerLookups(int status, String json) {
        lookupStatus = status;
        lookup = json;
    }

    Map<String, String> documents() {
        return documents;
    }

    /** How often each document was sent, by id. */
    Map<String, Integer> attempts() {
        return attempts;
    }

    /** What was to be done with each document. */
    List<JsonNode> actions() {
        return actions;
    }

    /** How many documents each request held. */
    List<Integer> sizes() {
        return sizes;
    }

    List<String> queries() {
        return queries;
    }

    List<String> contentTypes() {
        return contentTypes;
    }

    List<String> encodings() {
        return encodings;
    }

    /** Values of the header X-Tenant. */
    List<String> tenants() {
        return tenants;
    }

    /** Requests that aren't bulk requests. */
    List<String> others() {
        return others;
    }

    /** How many documents were stored after one of a higher offset in their partition. */
    int batchesOutOfOrder() {
        return outOfOrder.get();
    }

    List<String> authorizations() {
        return authorizations;
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void bulk(HttpExchange exchange) throws IOException {
        queries.add(exchange.getRequestURI().getQuery());
        contentTypes.add(exchange.getRequestHeaders().getFirst("Content-Type"));
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        encodings.add(String.valueOf(exchange.getRequestHeaders().getFirst("Content-Encoding")));
        tenants.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Tenant")));
        String body = body(exchange);
        List<String> lines = body.lines().toList();
        int request;
        synchronized (sizes) {
            sizes.add(lines.size() / 2);
            request = sizes.size();
        }
        int status = requests.status(request, lines);
        if (status == 0) {
            awaitClosing();
        }
        if (status == CUT) {
            byte[] answer = items(lines).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer, 0, answer.length / 2);
            exchange.getResponseBody().flush();
        }
        if (status <= 0) {
            exchange.close();
            return;
        }
        answer(exchange, status, status == 200 ? items(lines) : "{\"error\":{\"type\":\"scripted\"}}");
    }

    private static String body(HttpExchange exchange) throws IOException {
        InputStream in = exchange.getRequestBody();
        boolean compressed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        return new String((compressed ? new GZIPInputStream(in) : in).readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Takes all that is put. */
    private void other(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        others.add((method + " " + exchange.getRequestURI() + " " + body(exchange)).trim());
        boolean isLookup = method.equals("GET");
        answer(exchange, isLookup ? lookupStatus : 200, isLookup ? lookup : "{}");
    }

    private void awaitClosing() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String items(List<String> lines) throws IOException {
        List<String> results = new ArrayList<>();
        for (int i = 0; i < lines.size(); i += 2) {
            JsonNode action = MAPPER.readTree(lines.get(i)).get("create");
            noteAction(action);
            String id = action.get("_id").asText();
            int earlier = attempts.merge(id, 1, Integer::sum) - 1;
            int status = items.status(id, lines.get(i + 1), earlier);
            if (status == 201) {
                noteOrder(id);
            }
            if (status == 201 && documents.putIfAbsent(id, lines.get(i + 1)) != null) {
                status = 409;
            }
            String type = status == 409 ? "version_conflict_engine_exception" : "scripted_exception";
            String error = status < 300 ? "" : ",\"error\":{\"type\":\"" + type + "\",\"reason\":\"as told\"}";
            results.add("{\"create\":{\"status\":" + status + error + "}}");
        }
        return "{\"errors\":true,\"items\":[" + String.join(",", results) + "]}";
    }

    private void noteAction(JsonNode action) {
        if (actions.size() < MAX_ACTIONS) {
            actions.add(action);
        }
    }

    private void noteOrder(String id) {
        String[] place = id.split("\\+", -1);
        long offset = Long.parseLong(place[2]);
        if (batchEnds.merge(place[0] + place[1], offset, Math::max) > offset) {
            outOfOrder.incrementAndGet();
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
