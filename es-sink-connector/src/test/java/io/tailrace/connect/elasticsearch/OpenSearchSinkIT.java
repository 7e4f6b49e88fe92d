package io.tailrace.connect.elasticsearch;

import static org.junit.jupiter.api.Assumptions.abort;

import io.tailrace.servers.MissingJavaException;
import io.tailrace.servers.OpenSearch;
import io.tailrace.servers.SearchServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class OpenSearchSinkIT extends SinkContract {

    private static OpenSearch server;

    @BeforeAll
    static void start() {
        try {
            server = OpenSearch.create();
        } catch (MissingJavaException e) {
            abort(e.getMessage());
        }
        server.start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    SearchServer server() {
        return server;
    }
}
