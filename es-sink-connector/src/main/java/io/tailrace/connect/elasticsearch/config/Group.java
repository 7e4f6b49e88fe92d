package io.tailrace.connect.elasticsearch.config;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigDef.Width;

/** Adds keys to one group of a definition, in order. */
final class Group {

    private final ConfigDef def;
    private final String name;
    private int order;

    Group(ConfigDef def, String name) {
        this.def = def;
        this.name = name;
        this.order = (int) def.configKeys().values().stream()
                .filter(key -> name.equals(key.group))
                .count();
    }

    /** A key; without a validator if it may be anything of its type. */
    Group add(
            String key,
            ConfigDef.Type type,
            Object defaultValue,
            Validator validator,
            Importance importance,
            String display,
            String documentation) {
        def.define(
                key,
                type,
                defaultValue,
                validator,
                importance,
                documentation,
                name,
                ++order,
                type == ConfigDef.Type.STRING || type == ConfigDef.Type.LIST ? Width.LONG : Width.SHORT,
                display);
        return this;
    }

    /** A key of low importance that may be anything of its type. */
    Group add(String key, ConfigDef.Type type, Object defaultValue, String display, String documentation) {
        return add(key, type, defaultValue, null, Importance.LOW, display, documentation);
    }
}
