package io.tailrace.connect.filetail;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.internals.PluginMetricsImpl;
import org.apache.kafka.connect.source.SourceConnectorContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/** A connector's side of Connect: counts what is asked of it. */
final class RecordingContext implements SourceConnectorContext {
    private final Metrics registry = new Metrics();
    private final AtomicInteger requests = new AtomicInteger();
    private final List<Long> nanos = new CopyOnWriteArrayList<>();
    private final List<String> threads = new CopyOnWriteArrayList<>();

    @Override
    public void requestTaskReconfiguration() {
        threads.add(Thread.currentThread().getName());
        nanos.add(System.nanoTime());
        requests.incrementAndGet();
    }

    @Override
    public void raiseError(Exception e) {
        throw new AssertionError("The connector failed", e);
    }

    @Override
    public PluginMetrics pluginMetrics() {
        return new PluginMetricsImpl(registry, new LinkedHashMap<>(Map.of("connector", "test")));
    }

    @Override
    public OffsetStorageReader offsetStorageReader() {
        throw new AssertionError("The connector reads no offsets");
    }

    /** When it was asked for new tasks. */
    List<Long> nanos() {
        return nanos;
    }

    /** The value of one of its metrics; empty if there is none. */
    Optional<Object> metric(String name) {
        return registry.metrics().values().stream()
                .filter(metric -> metric.metricName().tags().containsKey("connector"))
                .filter(metric -> metric.metricName().name().equals(name))
                .map(KafkaMetric::metricValue)
                .findFirst();
    }

    int requests() {
        return requests.get();
    }

    List<String> threads() {
        return threads;
    }
}
