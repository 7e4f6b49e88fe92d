package io.tailrace.servers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** JSON requests to one server. */
final class JsonHttp {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final ObjectMapper mapper = new ObjectMapper();
    private final HttpClient client;
    private final Map<String, String> headers;
    private final URI base;
    private final Duration timeout;

    JsonHttp(URI base, Duration timeout) {
        this(base, timeout, client -> {}, Map.of());
    }

    /** For a server that not everybody is let in to. */
    JsonHttp(URI base, Duration timeout, Consumer<HttpClient.Builder> trust, Map<String, String> headers) {
        this.base = base;
        this.timeout = timeout;
        this.headers = Map.copyOf(headers);
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_TIMEOUT);
        trust.accept(builder);
        this.client = builder.build();
    }

    ObjectMapper mapper() {
        return mapper;
    }

    /**
     * Sends a request and waits for the answer.
     *
     * @param body the JSON text to send, if any
     * @return the answer's JSON; a missing node if it has no body
     * @throws ServerResponseException if the status isn't 2xx
     * @throws UncheckedIOException if there is no answer, or none in time (then the cause is an
     *     {@link java.net.http.HttpTimeoutException})
     */
    JsonNode send(String method, String path, Optional<String> body) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(base.resolve(path))
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .method(method, body.map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody));
        headers.forEach(builder::header);
        HttpRequest request = builder.build();
        HttpResponse<String> response = exchange(request);
        if (response.statusCode() / 100 != 2) {
            throw new ServerResponseException(method + " " + request.uri(), response.statusCode(), response.body());
        }
        return parse(response.body());
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(request.method() + " " + request.uri() + " failed: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException(request.method() + " " + request.uri()));
        }
    }

    private JsonNode parse(String text) {
        try {
            return text.isBlank() ? MissingNode.getInstance() : mapper.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("No JSON: " + text, e);
        }
    }
}
