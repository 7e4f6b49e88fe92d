package io.tailrace.connect.elasticsearch.http;

import java.util.function.Consumer;

/** Sends small requests with JSON, for what must be there before documents. */
public interface ServerClient {

    /**
     * Sends a request, without waiting.
     *
     * @param method such as PUT
     * @param path such as {@code /_index_template/logs}
     * @param json the body, or null for none
     * @param listener called once, on any thread; must not block
     */
    void request(String method, String path, String json, Consumer<Answer> listener);
}
