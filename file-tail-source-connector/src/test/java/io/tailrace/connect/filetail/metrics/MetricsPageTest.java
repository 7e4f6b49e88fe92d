package io.tailrace.connect.filetail.metrics;

import io.tailrace.connect.filetail.tail.measure.Count;
import io.tailrace.testing.DocPage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The page about metrics names those that are there; {@link TaskMetrics} shows the same enumerations. */
class MetricsPageTest {
    private static final DocPage PAGE = new DocPage("metrics.md");
    private static final String HEAD = "\n| attribute | meaning |\n| --- | --- |\n";

    @Test
    void metricsOfTheTaskAreCurrent() throws IOException {
        StringBuilder rows = new StringBuilder(HEAD);
        for (TaskGauge gauge : TaskGauge.values()) {
            rows.append(row(gauge.metric(), gauge.meaning()));
        }
        PAGE.check("task-metrics", rows.append('\n').toString());
    }

    @Test
    void metricsOfTheConnectorAreCurrent() throws IOException {
        StringBuilder rows = new StringBuilder(HEAD);
        for (ConnectorGauge gauge : ConnectorGauge.values()) {
            rows.append(row(gauge.metric(), gauge.meaning()));
        }
        PAGE.check("connector-metrics", rows.append('\n').toString());
    }

    @Test
    void metricsOfFilesAreCurrent() throws IOException {
        StringBuilder rows = new StringBuilder(HEAD);
        for (FileGauge gauge : FileGauge.values()) {
            rows.append(row(gauge.metric(), gauge.meaning()));
        }
        PAGE.check("file-metrics", rows.append('\n').toString());
    }

    @Test
    void countersAreCurrent() throws IOException {
        StringBuilder rows = new StringBuilder(HEAD);
        for (Count count : Count.values()) {
            rows.append(row(count.metric(), count.meaning()));
        }
        PAGE.check("counters", rows.append('\n').toString());
    }

    private static String row(String metric, String meaning) {
        return "| `" + metric + "` | " + meaning + " |\n";
    }
}
