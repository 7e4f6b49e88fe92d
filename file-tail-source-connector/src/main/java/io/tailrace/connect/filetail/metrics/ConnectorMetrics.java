package io.tailrace.connect.filetail.metrics;

import io.tailrace.connect.filetail.watch.WatchStatus;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.apache.kafka.connect.connector.ConnectorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has become of a connector's keys, as metrics of the worker. */
public final class ConnectorMetrics implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectorMetrics.class);

    private final MetricSet set;

    private ConnectorMetrics(MetricSet set) {
        this.set = set;
    }

    /**
     * Shows them.
     *
     * @param context of the connector; before Kafka 4.1 there are no metrics in it, and then there are none
     * @param watch asked for each value; must not block
     * @param entries how many are in force; likewise
     * @return what takes them away; empty if there are none
     */
    public static Optional<ConnectorMetrics> of(
            ConnectorContext context, Supplier<WatchStatus> watch, IntSupplier entries) {
        try {
            MetricSet set = new MetricSet(context.pluginMetrics(), Map.of());
            for (ConnectorGauge gauge : ConnectorGauge.values()) {
                set.add(gauge.metric(), gauge.meaning(), () -> gauge.of(watch.get(), entries.getAsInt()));
            }
            return Optional.of(new ConnectorMetrics(set));
        } catch (NoSuchMethodError | NoClassDefFoundError e) {
            LOG.info("This worker has no metrics for plugins, which came with Kafka 4.1: {}", e.toString());
        } catch (IllegalArgumentException e) {
            LOG.warn("The connector's metrics can't be shown: {}", e.toString());
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        set.remove();
    }
}
