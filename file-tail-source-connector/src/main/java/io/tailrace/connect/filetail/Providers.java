package io.tailrace.connect.filetail;

import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.common.utils.Utils;

/** Makes the provider of entries from its class name: the connector works with any, and is compiled against none. */
final class Providers {
    private Providers() {}

    /**
     * Makes and configures it.
     *
     * @throws ConfigException naming the class that cannot be used, or as the provider itself says what is wrong with its
     *     parameters
     */
    static ConfigProvider make(FileTailSourceConfig config) {
        ConfigProvider provider = instantiate(config.providerClass());
        try {
            provider.configure(config.providerParams());
            return provider;
        } catch (RuntimeException e) {
            Utils.closeQuietly(provider, "provider that cannot be configured");
            throw problem(
                    config.providerClass(),
                    "does not take its " + FileTailSourceConfig.PROVIDER_PARAM_PREFIX + "* settings: " + e.getMessage(),
                    e);
        }
    }

    private static ConfigProvider instantiate(String name) {
        try {
            // The connector's own loader: the provider lies in the same plugin folder, or where every plugin sees it.
            Class<?> type = Class.forName(name, true, Providers.class.getClassLoader());
            return type.asSubclass(ConfigProvider.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ClassNotFoundException e) {
            throw problem(name, "is not found; its jar must lie in the connector's plugin folder", e);
        } catch (ClassCastException e) {
            throw problem(name, "is not a " + ConfigProvider.class.getName(), e);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw problem(name, "cannot be instantiated: " + e, e);
        }
    }

    private static ConfigException problem(String className, String reason, Throwable cause) {
        ConfigException problem = new ConfigException(FileTailSourceConfig.ENTRIES_PROVIDER_CLASS, className, reason);
        problem.initCause(cause);
        return problem;
    }
}
