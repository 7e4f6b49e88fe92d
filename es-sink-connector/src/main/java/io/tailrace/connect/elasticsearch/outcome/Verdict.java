package io.tailrace.connect.elasticsearch.outcome;

import java.util.List;

/** What an answer means for its batch. */
public sealed interface Verdict {

    /**
     * The server looked at each operation.
     *
     * @param outcomes one for each, in their order
     */
    record Items(List<ItemOutcome> outcomes) implements Verdict {}

    /**
     * Nothing is known to be done: all of it again.
     *
     * @param cause why
     * @param detail the same for people
     */
    record RetryAll(RetryCause cause, String detail) implements Verdict {}

    /**
     * The body was refused as a whole: smaller ones show which document it is.
     *
     * @param error why
     */
    record Split(ServerError error) implements Verdict {}

    /**
     * Nothing of the kind will ever be taken.
     *
     * @param error why
     */
    record Fatal(ServerError error) implements Verdict {}
}
