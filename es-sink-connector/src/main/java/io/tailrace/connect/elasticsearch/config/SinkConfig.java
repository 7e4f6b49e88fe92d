package io.tailrace.connect.elasticsearch.config;

import io.tailrace.connect.elasticsearch.http.ConnectionCheck.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
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
 * @param target where in there
 * @param document what of
 * @param operations what is done with it
 * @param setup what must be there before
 */
public record SinkConfig(
        ConnectionSettings connection,
        BulkSettings bulk,
        TargetSettings target,
        DocumentSettings document,
        OperationSettings operations,
        SetupSettings setup) {

    /**
     * All keys.
     *
     * @return a definition of its own
     */
    public static ConfigDef definition() {
        ConfigDef def = new ConfigDef();
        ConnectionSettings.define(def);
        TargetSettings.define(def);
        DocumentSettings.define(def);
        OperationSettings.define(def);
        BulkSettings.define(def);
        SetupSettings.define(def);
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
        return new SinkConfig(
                ConnectionSettings.of(config),
                BulkSettings.of(config),
                TargetSettings.of(config),
                DocumentSettings.of(config),
                OperationSettings.of(config),
                SetupSettings.of(config));
    }

    /**
     * Checks properties, each key alone and then all together.
     *
     * @param properties all of them
     * @param connectionCheck tries the connection, if all else is right and it is to be tried
     * @return every key's value with its errors
     */
    public static Config validate(
            Map<String, String> properties, Function<ConnectionSettings, Optional<Finding>> connectionCheck) {
        List<ConfigValue> values = new ArrayList<>(definition().validate(properties));
        boolean sound = values.stream().allMatch(value -> value.errorMessages().isEmpty());
        if (sound) {
            AbstractConfig config = new AbstractConfig(definition(), properties, false);
            Problems problems = problems(config, properties);
            if (problems.isEmpty() && config.getBoolean(ConnectionSettings.VALIDATE)) {
                connectionCheck
                        .apply(ConnectionSettings.of(config))
                        .ifPresent(found -> problems.add(
                                found.key(),
                                found.message() + ". Set " + ConnectionSettings.VALIDATE
                                        + "=false to accept the configuration all the same"));
            }
            problems.byKey()
                    .forEach((key, messages) -> messages.forEach(
                            message -> valueOf(values, key, properties.get(key)).addErrorMessage(message)));
        }
        return new Config(values);
    }

    /**
     * Keys of other sinks that have no meaning here, because what they limit or ask for is done in another way.
     *
     * @param properties all of them
     * @return for each such key, why
     */
    public Map<String, String> ignoredKeys(Map<String, String> properties) {
        return ForeignKeys.ignored(properties);
    }

    private static Problems problems(AbstractConfig config, Map<String, String> properties) {
        Problems problems = new Problems();
        ConnectionSettings.check(config, problems);
        BulkSettings.check(config, problems);
        TargetSettings.check(config, problems);
        DocumentSettings.check(config, properties, problems);
        OperationSettings.check(config, problems);
        SetupSettings.check(config, problems);
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
