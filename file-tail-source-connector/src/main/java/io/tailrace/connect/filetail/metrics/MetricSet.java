package io.tailrace.connect.filetail.metrics;

import io.tailrace.connect.filetail.tail.measure.Count;
import io.tailrace.connect.filetail.tail.measure.Tally;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;

/** Metrics with the same tags, which come and go together. */
final class MetricSet {
    private final PluginMetrics metrics;
    private final LinkedHashMap<String, String> tags;
    private final List<MetricName> names = new ArrayList<>();

    MetricSet(PluginMetrics metrics, Map<String, String> tags) {
        this.metrics = metrics;
        this.tags = new LinkedHashMap<>(tags);
    }

    /** Adds a metric; if there is one of that name and tags already, takes the whole set away and throws. */
    void add(String metric, String meaning, Supplier<Number> value) {
        MetricName name = metrics.metricName(metric, meaning.replace("`", ""), tags);
        Gauge<Number> gauge = (config, nowMillis) -> value.get();
        try {
            metrics.addMetric(name, gauge);
        } catch (IllegalArgumentException e) {
            remove();
            throw e;
        }
        names.add(name);
    }

    void addCounts(Supplier<Tally> tally) {
        for (Count count : Count.values()) {
            add(count.metric(), count.meaning(), () -> tally.get().metric(count));
        }
    }

    void remove() {
        names.forEach(metrics::removeMetric);
        names.clear();
    }
}
