package io.tailrace.connect.elasticsearch.outcome;

import java.util.Set;

/** What became of one operation. */
public sealed interface ItemOutcome {

    /**
     * The document is as it was to be: now, or because of an earlier attempt whose answer was lost, or of a newer
     * record with the same id.
     */
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
         * What kind of error it is.
         *
         * @return its cause
         */
        public RetryCause cause() {
            return RetryCause.of(error);
        }
    }

    /**
     * Never: this document is refused.
     *
     * @param error why
     */
    record Poison(ServerError error) implements ItemOutcome {

        /**
         * For when something else may be to blame.
         *
         * @return the same, to be sent again
         */
        public Retry again() {
            return new Retry(error);
        }
    }

    /**
     * Never, and not because of the document: whoever configured this must act.
     *
     * @param error why
     */
    record Fatal(ServerError error) implements ItemOutcome {}

    /** Types that come with status 400 although no other document would fare better. */
    Set<String> INDEX_PROBLEMS = Set.of("index_closed_exception");

    /** A document of that id, or a newer version of it, is there already. */
    String VERSION_CONFLICT = "version_conflict_engine_exception";

    /** Comes with status 500, although it is what an ingest pipeline says of a document that it is made to refuse. */
    String REFUSED_BY_PIPELINE = "fail_processor_exception";

    /**
     * Reads the outcome of an operation.
     *
     * @param operation {@code create}, {@code index}, {@code update} or {@code delete}
     * @param error status, type and reason of the item
     * @return its outcome
     */
    static ItemOutcome of(String operation, ServerError error) {
        return of(operation, error, false);
    }

    /**
     * Reads the outcome of an operation.
     *
     * @param operation {@code create}, {@code index}, {@code update} or {@code delete}
     * @param error status, type and reason of the item
     * @param targetsAwaited whether a target that isn't there is waited for
     * @return its outcome
     */
    static ItemOutcome of(String operation, ServerError error, boolean targetsAwaited) {
        int status = error.status();
        if (targetsAwaited && error.type().equals(RetryCause.NO_TARGET)) {
            return new Retry(error);
        }
        boolean isUpdate = operation.equals("update");
        boolean isGone = status == 404 && operation.equals("delete");
        boolean isThere =
                status == 409 && (error.type().isEmpty() || error.type().equals(VERSION_CONFLICT));
        if ((status >= 200 && status < 300) || isGone || (isThere && !isUpdate)) {
            return Done.INSTANCE;
        }
        if (status == 409) {
            // Somebody else wrote the document between its reading and its writing: the update is to be tried again.
            // And any other conflict says nothing of a document that is there.
            return new Retry(error);
        }
        boolean isMissing = isUpdate && error.type().equals("document_missing_exception");
        if (isMissing || error.type().equals(REFUSED_BY_PIPELINE)) {
            return new Poison(error);
        }
        if (isRetryable(status) || RetryCause.NO_ROOM.equals(error.type())) {
            return new Retry(error);
        }
        if (status == 413 || (status == 400 && !INDEX_PROBLEMS.contains(error.type()))) {
            return new Poison(error);
        }
        return new Fatal(error);
    }

    /**
     * Whether a status says "not now": credentials, ours and those for a proxy, and blocks are mended by people while we
     * wait.
     *
     * @param status HTTP status
     * @return true if so
     */
    static boolean isRetryable(int status) {
        return status == 401 || status == 403 || status == 407 || status == 408 || status == 429 || status >= 500;
    }
}
