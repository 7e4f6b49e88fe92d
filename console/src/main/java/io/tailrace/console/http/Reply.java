package io.tailrace.console.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An answer.
 *
 * @param status HTTP's
 * @param body JSON; empty for none
 * @param headers by name
 */
public record Reply(int status, Optional<JsonNode> body, Map<String, String> headers) {
    /** Keeps a copy. */
    public Reply {
        headers = Map.copyOf(headers);
    }

    /**
     * All is well.
     *
     * @param body the answer
     * @return status 200
     */
    public static Reply ok(JsonNode body) {
        return new Reply(200, Optional.of(body), Map.of());
    }

    /**
     * All is well.
     *
     * @param status such as 201
     * @param body the answer
     * @return the status
     */
    public static Reply of(int status, JsonNode body) {
        return new Reply(status, Optional.of(body), Map.of());
    }

    /**
     * All is well, and there is nothing to say.
     *
     * @return status 204
     */
    public static Reply nothing() {
        return new Reply(204, Optional.empty(), Map.of());
    }

    /**
     * The same with a header.
     *
     * @param name of the header
     * @param value its value
     * @return another answer
     */
    public Reply header(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new Reply(status, body, all);
    }

    /**
     * The same with a strong tag of its version.
     *
     * @param revision in etcd
     * @return another answer
     */
    public Reply etag(long revision) {
        return header("ETag", "\"" + revision + "\"");
    }
}
