package io.tailrace.connect.elasticsearch.config;

import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.types.Password;

/**
 * An HTTP proxy on the way to the server.
 *
 * @param host its name or address
 * @param port its port
 * @param username for basic authentication, or null
 * @param password its password, or null
 */
public record ProxySettings(String host, int port, String username, Password password) {

    /** Host. */
    public static final String HOST = "proxy.host";
    /** Port. */
    public static final String PORT = "proxy.port";
    /** User. */
    public static final String USERNAME = "proxy.username";
    /** Password. */
    public static final String PASSWORD = "proxy.password";

    static void define(ConfigDef def) {
        new Group(def, "Proxy")
                .add(HOST, ConfigDef.Type.STRING, null, "Proxy", "Host of an HTTP proxy that all requests go through.")
                .add(
                        PORT,
                        ConfigDef.Type.INT,
                        8080,
                        Range.between(1, 65_535),
                        Importance.LOW,
                        "Proxy port",
                        "Port of the proxy. Needs " + HOST + ".")
                .add(USERNAME, ConfigDef.Type.STRING, null, "Proxy user", "User for basic authentication at the proxy.")
                .add(
                        PASSWORD,
                        ConfigDef.Type.PASSWORD,
                        null,
                        "Proxy password",
                        "Password for basic authentication at the proxy.");
    }

    /** Null if there is none. */
    static ProxySettings of(AbstractConfig config) {
        String host = config.getString(HOST);
        return host == null || host.isBlank()
                ? null
                : new ProxySettings(
                        host, config.getInt(PORT), config.getString(USERNAME), config.getPassword(PASSWORD));
    }

    static void check(AbstractConfig config, Problems problems) {
        boolean hasUser = config.getString(USERNAME) != null;
        boolean hasPassword = config.getPassword(PASSWORD) != null;
        if (hasUser && !hasPassword) {
            problems.add(PASSWORD, "is needed because " + USERNAME + " is set");
        }
        if (hasPassword && !hasUser) {
            problems.add(USERNAME, "is needed because " + PASSWORD + " is set");
        }
        if (config.originals().containsKey(PORT) && of(config) == null) {
            problems.add(PORT, config.getInt(PORT) + " needs " + HOST);
        }
        if (hasUser && hasPassword && of(config) == null) {
            problems.add(HOST, "is needed because " + USERNAME + " is set");
        }
    }
}
