package io.tailrace.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A browser, as far as the API is concerned: keeps its cookie, and sends the token along with changes. */
final class Client {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String base;
    private final HttpClient http;
    private final CookieManager cookies = new CookieManager();
    private String token = "";

    Client(int port) {
        this("http://127.0.0.1:" + port, HttpClient.newBuilder());
    }

    Client(String base, HttpClient.Builder builder) {
        this.base = base;
        this.http = builder.cookieHandler(cookies)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    /** What came back. */
    record Answer(int status, Map<String, List<String>> headers, String text) {
        JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (IOException e) {
                throw new UncheckedIOException(text, e);
            }
        }

        String header(String name) {
            return headers.getOrDefault(name, List.of("")).get(0);
        }

        String type() {
            return json().path("type").asText().replace("urn:tailrace:problem:", "");
        }
    }

    /** Gets the token, and a cookie if there is none. */
    Client open() {
        token = send("GET", "/session", null).json().path("csrf_token").asText();
        return this;
    }

    Answer login(String user, String password) {
        open();
        Answer answer = send("POST", "/login", Map.of("user", user, "password", password));
        if (answer.status() == 200) {
            token = answer.json().path("csrf_token").asText();
        }
        return answer;
    }

    String cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse("");
    }

    String token() {
        return token;
    }

    Answer get(String path) {
        return send("GET", path, null);
    }

    /** A request below the API's root; headers are pairs of name and value. */
    Answer send(String method, String path, Object body, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        if (!token.isEmpty() && !all.contains("X-CSRF-Token")) {
            all.addAll(List.of("X-CSRF-Token", token));
        }
        if (body != null && !all.contains("Content-Type")) {
            all.addAll(List.of("Content-Type", "application/json"));
        }
        return raw(method, "/api/v1" + path, body, all.toArray(String[]::new));
    }

    Answer raw(String method, String path, Object body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(60))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(text(body)));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers().map(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Object body) {
        return body instanceof String text ? text : JSON.valueToTree(body).toString();
    }
}
