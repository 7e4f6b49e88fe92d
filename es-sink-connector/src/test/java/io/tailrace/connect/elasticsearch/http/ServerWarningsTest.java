package io.tailrace.connect.elasticsearch.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.junit.jupiter.api.Test;

class ServerWarningsTest {

    private final List<String> told = new ArrayList<>();
    private final ServerWarnings warnings = new ServerWarnings(told::add);

    @Test
    void everyWarningIsToldOnce() {
        for (int i = 0; i < 1000; i++) {
            answered("299 Elasticsearch-7.17.29 \"security is off\"", "299 Elasticsearch-7.17.29 \"old\"");
        }
        assertThat(told)
                .containsExactly("299 Elasticsearch-7.17.29 \"security is off\"", "299 Elasticsearch-7.17.29 \"old\"");
    }

    @Test
    void noEndOfWarningsIsRemembered() {
        for (int i = 0; i < 1000; i++) {
            answered("index " + i);
        }
        assertThat(told).hasSize(100);
    }

    private void answered(String... values) {
        HttpResponse response = new BasicHttpResponse(200);
        for (String value : values) {
            response.addHeader("Warning", value);
        }
        response.addHeader("Other", "stays");
        warnings.process(response, null, null);
        assertThat(response.getHeaders()).hasSize(1);
    }
}
