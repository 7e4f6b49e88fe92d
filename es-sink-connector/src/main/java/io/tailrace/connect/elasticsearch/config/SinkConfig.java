package io.tailrace.connect.elasticsearch.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;

/**
 * The whole configuration.
 *
 * @param connection where to
 * @param bulk how much at once
 * @param document what of
 */
public record SinkConfig(ConnectionSettings connection, BulkSettings bulk, DocumentSettings document) {

    /**
     * All keys.
     *
     * @return a definition of its own
     */
    public static ConfigDef definition() {
        ConfigDef def = new ConfigDef();
        ConnectionSettings.define(def);
        DocumentSettings.define(def);
        BulkSettings.define(def);
        return def;
    }

    /**
     * Reads a connector's or a task's properties.
     *
     * @param properties all of them
     * @return the configuration
     * @throws ConfigException if anything is wrong with them; names key and value
     */
    public static SinkConfig parse(Map<String, String> properties) {
        AbstractConfig config = new AbstractConfig(definition(), properties, false);
        Problems problems = problems(config, properties);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems.toString());
        }
        return new SinkConfig(ConnectionSettings.of(config), BulkSettings.of(config), DocumentSettings.of(config));
    }

    /**
     * Checks properties, each key alone and then all together.
     *
     * @param properties all of them
     * @return every key's value with its errors
     */
    public static Config validate(Map<String, String> properties) {
        List<ConfigValue> values = new ArrayList<>(definition().validate(properties));
        boolean sound = values.stream().allMatch(value -> value.errorMessages().isEmpty());
        if (sound) {
            AbstractConfig config = new AbstractConfig(definition(), properties, false);
            problems(config, properties)
                    .byKey()
                    .forEach((key, problems) -> problems.forEach(
                            problem -> valueOf(values, key, properties.get(key)).addErrorMessage(problem)));
        }
        return new Config(values);
    }

    private static Problems problems(AbstractConfig config, Map<String, String> properties) {
        Problems problems = new Problems();
        ConnectionSettings.check(config, problems);
        BulkSettings.check(config, problems);
        DocumentSettings.check(config, properties, problems);
        ForeignKeys.check(properties, problems);
        return problems;
    }

    private static ConfigValue valueOf(List<ConfigValue> values, String key, String value) {
        return values.stream().filter(one -> one.name().equals(key)).findFirst().orElseGet(() -> {
            ConfigValue added = new ConfigValue(key, value, List.of(), new ArrayList<>());
            values.add(added);
            return added;
        });
    }
}
