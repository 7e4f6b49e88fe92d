package io.tailrace.servers;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What can be chosen for every server that runs in a JVM.
 *
 * @param <B> the builder itself
 */
public abstract sealed class ServerBuilder<B extends ServerBuilder<B>>
        permits Kafka.Builder, Connect.Builder, SearchServerBuilder {

    private final Map<String, String> properties = new LinkedHashMap<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private Optional<Path> directory = Optional.empty();
    private Optional<Integer> port = Optional.empty();
    private List<String> jvmOptions;

    ServerBuilder(String... jvmOptions) {
        this.jvmOptions = List.of(jvmOptions);
    }

    abstract B self();

    /**
     * Keeps the server's data in a given folder, which stays when it is closed. Without it the server has a temporary
     * folder, deleted on close.
     *
     * @param path made if it isn't there
     * @return this
     */
    public B directory(Path path) {
        directory = Optional.of(path);
        return self();
    }

    /**
     * Fixes the port for clients. Without it the server takes a free one.
     *
     * @param number a port of 127.0.0.1
     * @return this
     */
    public B port(int number) {
        port = Optional.of(number);
        return self();
    }

    /**
     * Sets one of the server's own properties, over what the fixture sets.
     *
     * @param name as in the server's configuration file
     * @param value as in the server's configuration file
     * @return this
     */
    public B property(String name, String value) {
        properties.put(name, value);
        return self();
    }

    /**
     * Sets several of the server's own properties, over what the fixture sets.
     *
     * @param values as in the server's configuration file
     * @return this
     */
    public B properties(Map<String, String> values) {
        properties.putAll(values);
        return self();
    }

    /**
     * Sets a variable in the environment of the process.
     *
     * @param name of the variable
     * @param value of the variable
     * @return this
     */
    public B environment(String name, String value) {
        environment.put(name, value);
        return self();
    }

    /**
     * Replaces the options of the JVM. Without it, it has a small heap and compiles quickly rather than well: right for
     * short lives, wrong for measurements.
     *
     * @param options as on the command line
     * @return this
     */
    public B jvmOptions(String... options) {
        jvmOptions = List.of(options);
        return self();
    }

    final Home home(String name) {
        return directory.map(Home::in).orElseGet(() -> Home.temporary(name));
    }

    final Optional<Path> directory() {
        return directory;
    }

    final int port() {
        return port.orElseGet(Ports::free);
    }

    final Map<String, String> properties() {
        return properties;
    }

    final Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    final List<String> jvmOptions() {
        return jvmOptions;
    }
}
