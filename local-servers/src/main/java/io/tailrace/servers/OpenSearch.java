package io.tailrace.servers;

import java.nio.file.Path;
import java.util.Map;

/**
 * An OpenSearch node in a process of its own.
 *
 * <p>It needs Java 21 or newer: that of {@code TAILRACE_JAVA21_HOME} or {@code JAVA_HOME}, this JVM's, or one that is installed where
 * the system keeps them. Without one, making a server throws {@link MissingJavaException}.
 */
public final class OpenSearch extends SearchServer {

    /** The last one before Java's security manager was gone, which the server's version 2 asks for. */
    private static final int LAST_WITH_SECURITY_MANAGER = 23;

    private OpenSearch(Builder builder) {
        super("opensearch", builder, OpenSearch::java);
    }

    /**
     * A node that keeps its data in a given folder, which stays when it is closed.
     *
     * @param directory made if it isn't there
     * @return a server that isn't started yet
     * @throws MissingJavaException if this machine has no Java that it runs on
     */
    public static OpenSearch in(Path directory) {
        return builder().directory(directory).build();
    }

    /**
     * A node in a temporary folder of its own, deleted on close.
     *
     * @return a server that isn't started yet
     * @throws MissingJavaException if this machine has no Java that it runs on
     */
    public static OpenSearch create() {
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
    public static final class Builder extends SearchServerBuilder<Builder> {

        private Builder() {}

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
        public OpenSearch build() {
            return new OpenSearch(this);
        }
    }

    private static JavaHomes.Range java(int major) {
        return major < 3 ? new JavaHomes.Range(17, LAST_WITH_SECURITY_MANAGER) : JavaHomes.Range.atLeast(21);
    }

    @Override
    Map<String, String> ownSettings() {
        return Map.of();
    }

    @Override
    String variablePrefix() {
        return "OPENSEARCH";
    }
}
