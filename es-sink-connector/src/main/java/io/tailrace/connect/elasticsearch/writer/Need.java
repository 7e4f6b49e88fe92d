package io.tailrace.connect.elasticsearch.writer;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.connect.elasticsearch.bulk.Operation;
import io.tailrace.connect.elasticsearch.outcome.LookupOutcome;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Something on the server that documents need, and without which it refuses each of them as if it were to blame.
 *
 * @param kind what it is
 * @param name its name
 */
record Need(Kind kind, String name) {

    /** What documents may need. */
    enum Kind {
        /** An ingest pipeline must be there. */
        PIPELINE("/_ingest/pipeline/"),
        /** An alias of several indices must say which of them is written to. */
        ALIAS("/_alias/");

        private final String path;

        Kind(String path) {
            this.path = path;
        }
    }

    /** All that an operation needs. */
    static List<Need> of(Operation operation) {
        Need target = new Need(Kind.ALIAS, operation.index());
        return operation.pipeline() == null
                ? List.of(target)
                : List.of(target, new Need(Kind.PIPELINE, operation.pipeline()));
    }

    /** Where to ask for it. */
    String path() {
        // A plus sign is no space in a path.
        return kind.path + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * What is wrong with it.
     *
     * @param outcome what the server says of it
     * @return a sentence without its full stop; empty if nothing is wrong
     */
    Optional<String> trouble(LookupOutcome outcome) {
        if (kind == Kind.PIPELINE) {
            return outcome.isMissing()
                    ? Optional.of("the ingest pipeline '" + name + "' (pipeline), which is not on the server")
                    : Optional.empty();
        }
        // What is no alias is an index, or is made.
        return outcome.isThere() && !hasWriteIndex(outcome.json())
                ? Optional.of("a write index of the alias '" + name + "', which has none: set is_write_index for one of"
                        + " its indices")
                : Optional.empty();
    }

    /** One that says so, or the only one unless it says that it isn't. */
    private boolean hasWriteIndex(JsonNode indices) {
        for (JsonNode index : indices) {
            JsonNode isWriteIndex = index.path("aliases").path(name).path("is_write_index");
            if (isWriteIndex.asBoolean(indices.size() == 1)) {
                return true;
            }
        }
        return false;
    }
}
