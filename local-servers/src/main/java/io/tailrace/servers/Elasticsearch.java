package io.tailrace.servers;

import java.nio.file.Path;
import java.util.Map;

/**
 * An Elasticsearch node in a process of its own.
 */
public final class Elasticsearch extends SearchServer {

    /** The last one before Java's security manager was gone, which the server's version 7 asks for. */
    private static final int LAST_WITH_SECURITY_MANAGER = 23;

    private Elasticsearch(Builder builder) {
        super("elasticsearch", builder, Elasticsearch::java);
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
    public static final class Builder extends SearchServerBuilder<Builder> {

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * Lets a user in, and nobody who isn't known. A node that has users speaks HTTPS alone, with a certificate of an
         * authority of its own: {@link SearchServer#authority}.
         *
         * @param name the user's name
         * @param password the user's password
         * @param role one of the roles that every node has; {@code superuser} for the first user, as whom the fixture
         *     sends its own requests
         * @return this
         */
        public Builder user(String name, String password, String role) {
            user(new NodeSecurity.User(name, password, role));
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

    private static JavaHomes.Range java(int major) {
        return switch (major) {
            case 7 -> new JavaHomes.Range(17, LAST_WITH_SECURITY_MANAGER);
            case 8 -> JavaHomes.Range.atLeast(17);
            default -> JavaHomes.Range.atLeast(21);
        };
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
