package io.tailrace.connect.elasticsearch.http;

import java.io.InputStream;

/** What became of a request. */
public sealed interface Answer {

    /**
     * The server answered.
     *
     * @param status HTTP status
     * @param body the answer's body, in memory; empty if there was none
     */
    record Answered(int status, InputStream body) implements Answer {}

    /**
     * No answer: no connection, reset, timeout. The server may or may not have taken the documents.
     *
     * @param cause what happened
     */
    record Unanswered(Throwable cause) implements Answer {}
}
