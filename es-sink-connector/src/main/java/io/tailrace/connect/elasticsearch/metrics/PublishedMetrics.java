package io.tailrace.connect.elasticsearch.metrics;

import io.tailrace.connect.elasticsearch.outcome.RetryCause;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.stats.Avg;
import org.apache.kafka.common.metrics.stats.Max;
import org.apache.kafka.common.metrics.stats.Percentile;
import org.apache.kafka.common.metrics.stats.Percentiles;
import org.apache.kafka.common.metrics.stats.Percentiles.BucketSizing;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows a {@link SinkMeter} among the worker's metrics, beside Connect's own of the task (KIP-877). The worker takes
 * them away when the task ends.
 */
public final class PublishedMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(PublishedMetrics.class);
    private static final int HISTOGRAM_BYTES = 4_000;
    private static final double LATENCY_MAX_MILLIS = 60_000;

    private final PluginMetrics metrics;

    private PublishedMetrics(PluginMetrics metrics) {
        this.metrics = metrics;
    }

    /**
     * Shows a meter.
     *
     * @param meter what to show
     * @param context gives the worker's registry; workers before Kafka 4.1 have none, which is logged
     */
    public static void publish(SinkMeter meter, SinkTaskContext context) {
        try {
            PluginMetrics registry = context.pluginMetrics();
            if (registry != null) {
                register(meter, registry);
            }
        } catch (LinkageError e) {
            LOG.info("This worker is older than Kafka 4.1 and takes no metrics of plugins: there are none of this task"
                    + " but Connect's own");
            LOG.debug("What it lacks", e);
        }
    }

    static void register(SinkMeter meter, PluginMetrics registry) {
        new PublishedMetrics(registry).register(meter);
    }

    private void register(SinkMeter meter) {
        gauge("documents-total", "Documents that the server has acknowledged", meter::documents);
        gauge("bytes-total", "Bytes of requests that those documents took, before compression", meter::bytes);
        gauge("requests-total", "Bulk requests that were answered or given up", meter::requests);
        gauge(
                "splits-total",
                "Requests that were refused as a whole, or always too much for the server, and split in two",
                meter::splits);
        gauge(
                "malformed-total",
                "Records that no document could be made of, or whose document was refused",
                meter::poison);
        gauge("in-flight", "Bulk requests under way", () -> (long) meter.inFlight());
        gauge("buffered-bytes", "Bytes of documents that wait to be acknowledged", meter::bufferedBytes);
        gauge("paused-ms-total", "Milliseconds during which any partition was paused", meter::pausedMillis);
        for (RetryCause cause : RetryCause.values()) {
            MetricName name = metrics.metricName(
                    "retries-total",
                    "Documents that had to be sent again for this cause",
                    new LinkedHashMap<>(Map.of("cause", cause.toString())));
            gauge(name, () -> meter.retries(cause));
        }
        Sensor latency = metrics.addSensor("bulk-latency");
        latency.add(name("bulk-latency-ms-avg", "Milliseconds to the answer of a bulk request"), new Avg());
        latency.add(name("bulk-latency-ms-max", "The longest of them"), new Max());
        latency.add(new Percentiles(
                HISTOGRAM_BYTES,
                LATENCY_MAX_MILLIS,
                BucketSizing.LINEAR,
                percentile("bulk-latency-ms-p50", 50),
                percentile("bulk-latency-ms-p95", 95),
                percentile("bulk-latency-ms-p99", 99)));
        meter.onLatency(latency::record);
    }

    private Percentile percentile(String name, double percent) {
        return new Percentile(name(name, percent + " % of bulk requests were answered within as many ms"), percent);
    }

    private MetricName name(String name, String description) {
        return metrics.metricName(name, description, new LinkedHashMap<>());
    }

    private void gauge(String name, String description, Supplier<Long> value) {
        gauge(name(name, description), value);
    }

    private void gauge(MetricName name, Supplier<Long> value) {
        metrics.addMetric(name, (Gauge<Long>) (config, now) -> value.get());
    }
}
