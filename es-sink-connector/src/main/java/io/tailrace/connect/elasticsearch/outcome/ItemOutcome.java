package io.tailrace.connect.elasticsearch.outcome;

import java.util.Set;

/** What became of one operation. */
public sealed interface ItemOutcome {

    /** The document is there: created now, or by an earlier attempt whose answer was lost. */
    record Done() implements ItemOutcome {

        static final Done INSTANCE = new Done();
    }

    /**
     * Not now: to be sent again.
     *
     * @param error why
     */
    record Retry(ServerError error) implements ItemOutcome {

        /**
         * Whether the server asks for less.
         *
         * @return true if so
         */
        public boolean isOverload() {
            return error.status() == 429;
        }
    }

    /**
     * Never: this document is refused.
     *
     * @param error why
     */
    record Poison(ServerError error) implements ItemOutcome {}

    /**
     * Never, and not because of the document: whoever configured this must act.
     *
     * @param error why
     */
    record Fatal(ServerError error) implements ItemOutcome {}

    /** Types that come with status 400 although no other document would fare better. */
    Set<String> INDEX_PROBLEMS = Set.of("index_closed_exception", "invalid_index_name_exception");

    /**
     * Reads the outcome of a {@code create}.
     *
     * @param error status, type and reason of the item
     * @return its outcome
     */
    static ItemOutcome ofCreate(ServerError error) {
        int status = error.status();
        if ((status >= 200 && status < 300) || status == 409) {
            return Done.INSTANCE;
        }
        if (isRetryable(status)) {
            return new Retry(error);
        }
        if (status == 413 || (status == 400 && !INDEX_PROBLEMS.contains(error.type()))) {
            return new Poison(error);
        }
        return new Fatal(error);
    }

    /**
     * Whether a status says "not now": credentials and blocks are mended by people while we wait.
     *
     * @param status HTTP status
     * @return true if so
     */
    static boolean isRetryable(int status) {
        return status == 401 || status == 403 || status == 408 || status == 429 || status >= 500;
    }
}
