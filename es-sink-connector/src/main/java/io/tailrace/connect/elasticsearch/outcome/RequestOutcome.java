package io.tailrace.connect.elasticsearch.outcome;

/**
 * What became of a request that isn't a bulk request.
 *
 * @param status HTTP status; 0 without an answer
 * @param type the error's type; empty if none was given
 * @param detail what the server, or the network, says about it
 */
public record RequestOutcome(int status, String type, String detail) {

    /**
     * Whether the server did as asked.
     *
     * @return true if so
     */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /**
     * Whether somebody else did the same a moment before.
     *
     * @return true if so
     */
    public boolean isThereAlready() {
        return type.equals("resource_already_exists_exception");
    }

    /**
     * Whether it may go better later.
     *
     * @return true if so
     */
    public boolean isRetryable() {
        return status == 0 || ItemOutcome.isRetryable(status);
    }
}
