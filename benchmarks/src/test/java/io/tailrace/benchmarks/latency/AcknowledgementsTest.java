package io.tailrace.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.benchmarks.sink.BulkEndpoint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AcknowledgementsTest {
    private static final String BODY = """
            {"create":{"_index":"a","_id":"1"}}
            {"@timestamp":"2026-01-01T00:00:00Z","message":"t11 GET \\"message\\":\\"t12 x","host.name":"web1"}
            {"create":{"_index":"a","_id":"2"}}
            {"message":"t13 POST"}
            """;

    private final Arrivals arrivals = new Arrivals();

    private String post(int status, String answer) throws IOException, InterruptedException {
        try (BulkEndpoint server = new BulkEndpoint((query, body) -> new BulkEndpoint.Reply(
                        status, (answer + query + body.readAllBytes().length).getBytes(StandardCharsets.UTF_8)));
                Acknowledgements between = new Acknowledgements(server.url(), arrivals)) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(between.url() + "/_bulk?filter_path=items.*.status"))
                    .POST(HttpRequest.BodyPublishers.ofString(BODY))
                    .build();
            HttpResponse<String> response =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(status);
            return response.body();
        }
    }

    @Test
    void findsTheStampsInABody() {
        assertThat(Acknowledgements.stamps(BODY.getBytes(StandardCharsets.UTF_8)))
                .containsExactly(11L, 13L);
    }

    @Test
    void passesRequestsOnAndNotesWhatWentWell() throws Exception {
        assertThat(post(200, "{\"errors\":false,"))
                .isEqualTo("{\"errors\":false,filter_path=items.*.status" + BODY.length());
        assertThat(arrivals.count()).isEqualTo(2);
    }

    @Test
    void notesNothingOfWhatDidNot() throws Exception {
        post(200, "{\"errors\":true,");
        post(429, "{\"errors\":false,");
        assertThat(arrivals.count()).isZero();
    }
}
