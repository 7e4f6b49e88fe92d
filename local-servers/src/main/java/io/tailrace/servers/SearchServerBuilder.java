package io.tailrace.servers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What can be chosen for Elasticsearch and OpenSearch.
 *
 * @param <B> the builder itself
 */
public abstract sealed class SearchServerBuilder<B extends SearchServerBuilder<B>> extends ServerBuilder<B>
        permits Elasticsearch.Builder, OpenSearch.Builder {

    private Optional<String> version = Optional.empty();
    private final List<NodeSecurity.User> users = new ArrayList<>();

    SearchServerBuilder() {
        super("-Xms512m", "-Xmx512m", "-XX:TieredStopAtLevel=1");
    }

    /**
     * Takes another version than the usual one. The build fetches those with the profile {@code nightly}.
     *
     * @param beginning of the version's number, such as 7.17
     * @return this
     */
    public B version(String beginning) {
        version = Optional.of(beginning);
        return self();
    }

    void user(NodeSecurity.User user) {
        users.add(user);
    }

    final Optional<String> version() {
        return version;
    }

    final Optional<NodeSecurity> security() {
        return users.isEmpty() ? Optional.empty() : Optional.of(new NodeSecurity(List.copyOf(users)));
    }
}
