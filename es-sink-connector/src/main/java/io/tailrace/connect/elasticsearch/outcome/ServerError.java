package io.tailrace.connect.elasticsearch.outcome;

/**
 * An error as the server tells it.
 *
 * @param status HTTP status of the item or of the whole answer
 * @param type the error's type, such as {@code document_parsing_exception}; empty if none was given
 * @param reason a sentence for people; shortened
 */
public record ServerError(int status, String type, String reason) {

    private static final int MAX_REASON = 500;

    /**
     * An error.
     */
    public ServerError {
        type = type == null ? "" : type;
        reason = reason == null ? "" : reason;
        reason = reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) + "…" : reason;
    }

    /** Status, type and reason on one line. */
    @Override
    public String toString() {
        String text = type.isEmpty() ? Integer.toString(status) : status + " " + type;
        return reason.isEmpty() ? text : text + ": " + reason;
    }
}
