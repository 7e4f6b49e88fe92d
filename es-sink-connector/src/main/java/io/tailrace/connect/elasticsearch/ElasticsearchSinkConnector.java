package io.tailrace.connect.elasticsearch;

import io.tailrace.connect.elasticsearch.config.SinkConfig;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/** Turns records of Kafka topics into documents in Elasticsearch or OpenSearch. */
public final class ElasticsearchSinkConnector extends SinkConnector {

    private Map<String, String> properties = Map.of();

    /** For Connect. */
    public ElasticsearchSinkConnector() {}

    @Override
    public String version() {
        return Version.get();
    }

    @Override
    public ConfigDef config() {
        return SinkConfig.definition();
    }

    @Override
    public Config validate(Map<String, String> connectorConfigs) {
        return SinkConfig.validate(connectorConfigs);
    }

    @Override
    public void start(Map<String, String> props) {
        SinkConfig.parse(props);
        properties = Map.copyOf(props);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return ElasticsearchSinkTask.class;
    }

    /** Every task does the same; the consumer group shares the partitions out. */
    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return Collections.nCopies(maxTasks, properties);
    }

    @Override
    public void stop() {
        properties = Map.of();
    }
}
