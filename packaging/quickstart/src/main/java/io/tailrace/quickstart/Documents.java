package io.tailrace.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.servers.Elasticsearch;
import io.tailrace.servers.LocalServer;
import io.tailrace.servers.ServerResponseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What has arrived in Elasticsearch. */
final class Documents {
    /** What a search answers while the shards of a new index are being started. */
    private static final int NOT_READY = 503;

    private static final Duration ASK_EVERY = Duration.ofMillis(200);
    private static final int HITS_MAX = 100;

    private final Servers servers;
    private final Stop stop;

    Documents(Servers servers, Stop stop) {
        this.servers = servers;
        this.stop = stop;
    }

    /**
     * Waits for documents with a word in them.
     *
     * @return the documents, as many as expected
     * @throws IllegalStateException if they are not all there in time, there are more, or a server has died
     */
    List<JsonNode> await(String index, String word, int expected, Duration timeout) {
        long deadlineNanos = System.nanoTime() + timeout.toNanos();
        List<JsonNode> found = find(index, word);
        while (found.size() < expected && System.nanoTime() < deadlineNanos) {
            requireAlive();
            found = find(index, word);
        }
        if (found.size() != expected) {
            throw new IllegalStateException(found.size() + " instead of " + expected + " documents with " + word
                    + " in index " + index + " after " + timeout.toSeconds() + " s");
        }
        return found;
    }

    private void requireAlive() {
        if (stop.isRequestedWithin(ASK_EVERY)) {
            throw new IllegalStateException("Stopped while documents were waited for");
        }
        servers.dead().map(LocalServer::log).ifPresent(log -> {
            throw new IllegalStateException("A server has ended by itself; see " + log);
        });
    }

    private List<JsonNode> find(String index, String word) {
        try {
            return search(index, word);
        } catch (ServerResponseException e) {
            if (e.status() == NOT_READY) {
                return List.of();
            }
            throw e;
        }
    }

    private List<JsonNode> search(String index, String word) {
        Elasticsearch elasticsearch = servers.elasticsearch();
        elasticsearch.refresh(index);
        JsonNode answer = elasticsearch.request(
                "GET", "/" + index + "/_search?ignore_unavailable=true&size=" + HITS_MAX + "&q=" + word, "");
        List<JsonNode> sources = new ArrayList<>();
        answer.path("hits").path("hits").forEach(hit -> sources.add(hit.path("_source")));
        return sources;
    }
}
