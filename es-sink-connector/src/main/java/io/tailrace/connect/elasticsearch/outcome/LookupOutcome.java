package io.tailrace.connect.elasticsearch.outcome;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a server says when it is asked for something that it has, or hasn't.
 *
 * @param request what became of the request
 * @param json what it told; a missing node unless it was there
 */
public record LookupOutcome(RequestOutcome request, JsonNode json) {

    private static final int NOT_FOUND = 404;

    /**
     * Whether it is there.
     *
     * @return true if so
     */
    public boolean isThere() {
        return request.isSuccess();
    }

    /**
     * Whether it isn't there.
     *
     * @return true if so; false also if that isn't known
     */
    public boolean isMissing() {
        return request.status() == NOT_FOUND;
    }

    /**
     * Whether the question may get another answer later. Whoever may not ask, or asks a server that doesn't understand
     * the question, learns nothing by asking again.
     *
     * @return true if so
     */
    public boolean isWorthAskingAgain() {
        return request.isRetryable() && request.status() != 401 && request.status() != 403;
    }
}
