package io.tailrace.connect.elasticsearch;

import io.tailrace.servers.Elasticsearch;
import io.tailrace.servers.OpenSearch;
import io.tailrace.servers.SearchServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The oldest and newest servers that the sink promises to work with; the build fetches them for the night. */
@EnabledIfSystemProperty(named = "tailrace.nightly", matches = "true", disabledReason = "is for the night")
class OtherVersionsIT {

    @Nested
    class Elasticsearch7 extends WithServer {
        Elasticsearch7() {
            super(Elasticsearch.builder().version("7.17").build());
        }
    }

    @Nested
    class Elasticsearch9 extends WithServer {
        Elasticsearch9() {
            super(Elasticsearch.builder().version("9").build());
        }
    }

    @Nested
    class OpenSearch2 extends WithServer {
        OpenSearch2() {
            super(OpenSearch.builder().version("2").build());
        }
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class WithServer extends SinkContract {

        private final SearchServer server;

        WithServer(SearchServer server) {
            this.server = server;
        }

        @BeforeAll
        void start() {
            server.start();
        }

        @AfterAll
        void stop() {
            server.close();
        }

        @Override
        SearchServer server() {
            return server;
        }
    }
}
