package io.tailrace.connect.elasticsearch.writer;

import io.tailrace.connect.elasticsearch.bulk.Operation;
import java.util.List;

/** News from the writer for the task. */
public sealed interface Settlement {

    /**
     * Documents are in Elasticsearch.
     *
     * @param operations theirs
     */
    record Indexed(List<Operation> operations) implements Settlement {}

    /**
     * A document was refused for good.
     *
     * @param operation its operation
     * @param reason what Elasticsearch says
     */
    record Poisoned(Operation operation, String reason) implements Settlement {}

    /**
     * The writer has stopped: nothing more will be sent.
     *
     * @param message what happened and what to do about it
     * @param cause what showed it, or null
     */
    record Failed(String message, Throwable cause) implements Settlement {}
}
