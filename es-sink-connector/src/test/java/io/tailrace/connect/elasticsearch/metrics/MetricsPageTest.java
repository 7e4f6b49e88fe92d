package io.tailrace.connect.elasticsearch.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.elasticsearch.TestMetrics;
import io.tailrace.connect.elasticsearch.outcome.RetryCause;
import io.tailrace.testing.DocPage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Metrics;
import org.junit.jupiter.api.Test;

/** The page about metrics names those that a task registers. */
class MetricsPageTest {
    private static final DocPage PAGE = new DocPage("metrics.md");
    private static final String HEAD = "\n| attribute | meaning |\n| --- | --- |\n";

    @Test
    void metricsOfTheSinkAreCurrent() throws IOException {
        PAGE.check("sink-metrics", HEAD + rows(registered(false)) + "\n");
    }

    @Test
    void metricsByCauseAreCurrent() throws IOException {
        List<MetricName> byCause = registered(true);
        assertThat(byCause).hasSameSizeAs(RetryCause.values());
        PAGE.check("sink-metrics-by-cause", HEAD + rows(byCause.subList(0, 1)) + "\n");
        String causes = Arrays.stream(RetryCause.values())
                .map(cause -> "| `" + cause + "` | " + cause.meaning() + " |\n")
                .collect(Collectors.joining());
        PAGE.check("retry-causes", "\n| cause | meaning |\n| --- | --- |\n" + causes + "\n");
    }

    private static List<MetricName> registered(boolean byCause) {
        try (Metrics metrics = new Metrics()) {
            PublishedMetrics.register(new SinkMeter(), new TestMetrics(metrics));
            return metrics.metrics().keySet().stream()
                    .filter(name -> name.group().equals(TestMetrics.GROUP))
                    .filter(name -> name.tags().containsKey("cause") == byCause)
                    .sorted((one, other) -> one.name().compareTo(other.name()))
                    .toList();
        }
    }

    private static String rows(List<MetricName> names) {
        return names.stream()
                .map(name -> "| `" + name.name() + "` | " + name.description() + " |\n")
                .collect(Collectors.joining());
    }
}
