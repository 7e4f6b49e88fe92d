package io.tailrace.connect.filetail.tail.record;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What records look like, for all streams of a task.
 *
 * @param envelope whether the value is a JSON object with the line and its metadata, not the line alone
 * @param bytes whether key, value and header are bytes, not strings
 * @param keyed whether the key is the stream
 * @param facts which metadata travels with a line
 */
public record RecordFormat(boolean envelope, boolean bytes, boolean keyed, Set<Fact> facts) {
    /** @param facts which metadata travels with a line */
    public RecordFormat {
        facts = Set.copyOf(facts);
    }

    /** Something that is known about a line. */
    public enum Fact {
        /** The name of the host. */
        HOST_NAME("host.name"),
        /** The addresses of the host. */
        HOST_IP("host.ip"),
        /** The path that the file is collected under. */
        LOG_FILE_PATH("log.file.path"),
        /** The entry's service. */
        SERVICE_NAME("service.name"),
        /** The entry's own constants. */
        FIELDS("fields"),
        /** Stream, generation and position of the line, which tell it from every other. */
        LOG_OFFSET("log.offset");

        private final String id;

        Fact(String id) {
            this.id = id;
        }

        /**
         * The name in configuration, and for most in documents.
         *
         * @return an ECS name where there is one
         */
        public String id() {
            return id;
        }

        /**
         * The names of all facts.
         *
         * @return in the order in which they stand in metadata
         */
        public static List<String> names() {
            return Arrays.stream(values()).map(Fact::id).toList();
        }

        /**
         * The fact of a name.
         *
         * @param name one of {@link #names()}
         * @return the fact
         */
        public static Fact named(String name) {
            return values()[names().indexOf(name)];
        }
    }
}
