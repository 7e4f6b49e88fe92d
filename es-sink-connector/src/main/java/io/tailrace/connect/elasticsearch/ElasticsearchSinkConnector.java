package io.tailrace.connect.elasticsearch;

import io.tailrace.connect.elasticsearch.config.ConnectionSettings;
import io.tailrace.connect.elasticsearch.config.SinkConfig;
import io.tailrace.connect.elasticsearch.http.ConnectionCheck;
import io.tailrace.connect.elasticsearch.http.Credentials;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/** Turns records of Kafka topics into documents in Elasticsearch or OpenSearch. */
public final class ElasticsearchSinkConnector extends SinkConnector {

    /**
     * Connect stores task configurations with their {@code ${…}} and takes those of two starts for the same although
     * what they stand for has changed. This tells them apart, so that new credentials reach the tasks.
     */
    private static final String CREDENTIALS = "task.credentials";

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
        return SinkConfig.validate(connectorConfigs, ConnectionCheck::run);
    }

    @Override
    public void start(Map<String, String> props) {
        ConnectionSettings connection = SinkConfig.parse(props).connection();
        properties = new HashMap<>(props);
        properties.put(CREDENTIALS, Credentials.fingerprint(props.getOrDefault("name", ""), connection));
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
