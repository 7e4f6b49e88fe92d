package io.tailrace.benchmarks.ceiling;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ConnectorTransactionBoundaries;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/** Reads nothing, and has its one task send lines that were made before the first poll. */
public final class MadeUpSourceConnector extends SourceConnector {
    /** Where the records go. */
    public static final String TOPIC = "topic";

    /** Which lines: the name of a {@link io.tailrace.benchmarks.data.DataSet}. */
    public static final String DATA = "data";

    /** How many lines. */
    public static final String LINES = "lines";

    /** The key of every record; empty for none. */
    public static final String KEY = "record.key.text";

    /** The value of every record's header {@code tailrace}; empty for none. */
    public static final String HEADER = "record.header.text";

    /** Most records of a poll, as our own source has it. */
    public static final String BATCH_RECORDS = "batch.max.records";

    /** Most bytes of values of a poll, as our own source has it. */
    public static final String BATCH_BYTES = "batch.max.bytes";

    private Map<String, String> properties = Map.of();

    /** Made by Connect. */
    public MadeUpSourceConnector() {}

    @Override
    public String version() {
        return "0";
    }

    @Override
    public ConfigDef config() {
        return new ConfigDef()
                .define(TOPIC, ConfigDef.Type.STRING, Importance.HIGH, "Where the records go.")
                .define(DATA, ConfigDef.Type.STRING, Importance.HIGH, "Which lines.")
                .define(LINES, ConfigDef.Type.INT, Importance.HIGH, "How many lines.")
                .define(KEY, ConfigDef.Type.STRING, "", Importance.LOW, "The key of every record.")
                .define(HEADER, ConfigDef.Type.STRING, "", Importance.LOW, "The value of every record's header.")
                .define(BATCH_RECORDS, ConfigDef.Type.INT, Importance.LOW, "Most records of a poll.")
                .define(BATCH_BYTES, ConfigDef.Type.INT, Importance.LOW, "Most bytes of a poll.");
    }

    @Override
    public void start(Map<String, String> configured) {
        properties = Map.copyOf(configured);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return MadeUpSourceTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return List.of(properties);
    }

    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> configured) {
        return ExactlyOnceSupport.SUPPORTED;
    }

    @Override
    public ConnectorTransactionBoundaries canDefineTransactionBoundaries(Map<String, String> configured) {
        return ConnectorTransactionBoundaries.UNSUPPORTED;
    }

    @Override
    public void stop() {}
}
