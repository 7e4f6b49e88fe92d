package io.tailrace.servers;

import java.nio.file.Path;
import java.util.Map;

/**
 * An Elasticsearch node in a process of its own.
 */
public final class Elasticsearch extends SearchServer {

    private static final int JAVA_FEATURE = 17;

    private Elasticsearch(Builder builder) {
        super("elasticsearch", JAVA_FEATURE, builder);
    }

    /**
     * A node that keeps its data in a given folder, which stays when it is closed.
     *
     * @param directory made if it isn't there
     * @return a server that isn't started yet
     * @throws MissingJavaException if this machine has no Java that it runs on
     */
    public static Elasticsearch in(Path directory) {
        return builder().directory(directory).build();
    }

    /**
     * A node in a temporary folder of its own, deleted on close.
     *
     * @return a server that isn't started yet
     * @throws MissingJavaException if this machine has no Java that it runs on
     */
    public static Elasticsearch create() {
        return builder().build();
    }

    /**
     * For a node with other settings.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Chooses how a node runs. */
    public static final class Builder extends ServerBuilder<Builder> {

        private Builder() {
            super("-Xms512m", "-Xmx512m", "-XX:TieredStopAtLevel=1");
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Makes the server.
         *
         * @return a server that isn't started yet
         * @throws MissingJavaException if this machine has no Java that it runs on
         */
        public Elasticsearch build() {
            return new Elasticsearch(this);
        }
    }

    @Override
    Map<String, String> ownSettings() {
        return Map.of("xpack.security.enabled", "false");
    }

    @Override
    String variablePrefix() {
        return "ES";
    }
}
