package io.tailrace.connect.elasticsearch;

import io.tailrace.servers.Elasticsearch;
import io.tailrace.servers.SearchServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class ElasticsearchSinkIT extends SinkContract {

    private static Elasticsearch server;

    @BeforeAll
    static void start() {
        server = Elasticsearch.create();
        server.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    SearchServer server() {
        return server;
    }
}
