package io.tailrace.connect.elasticsearch.outcome;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Why something must be sent again. */
public enum RetryCause {
    /** The server is there and asks for less. */
    OVERLOADED("The server is there and asks for less"),
    /**
     * An index or the cluster takes no writes, or no more indices, for now, such as at the flood stage of disks; or
     * what documents are for isn't as it must be: an ingest pipeline, an alias, a data stream.
     */
    BLOCKED("An index or the cluster takes no writes, or no more indices, for now, such as at the flood stage of disks;"
            + " or what documents are for isn't as it must be: an ingest pipeline, an alias, a data stream"),
    /** The server, or a part of it, can't do its work now. */
    UNAVAILABLE("The server, or a part of it, can't do its work now"),
    /** Credentials are missing, wrong or don't suffice. */
    UNAUTHORIZED("Credentials are missing, wrong or don't suffice"),
    /** No answer in time. */
    TIMEOUT("No answer in time"),
    /** There is no connection. */
    NO_CONNECTION("There is no connection"),
    /** The connection broke before the answer came. */
    BROKEN_CONNECTION("The connection broke before the answer came"),
    /** The answer makes no sense. */
    UNREADABLE("The answer makes no sense");

    /**
     * Comes with status 400, as if the document were to blame, when its index can't be made: the cluster has as many
     * shards as it may have, until somebody deletes some or allows more.
     */
    static final String NO_ROOM = "validation_exception";

    /** There is no index, alias or data stream of that name; or none of the kind that was asked for. */
    static final String NO_TARGET = "index_not_found_exception";

    private static final String BLOCK = "cluster_block_exception";

    private final String meaning;

    RetryCause(String meaning) {
        this.meaning = meaning;
    }

    /**
     * What it means.
     *
     * @return a sentence without its full stop
     */
    public String meaning() {
        return meaning;
    }

    /**
     * The cause behind a retryable error.
     *
     * @param error status and type
     * @return its cause
     */
    static RetryCause of(ServerError error) {
        if (error.type().equals(BLOCK) || error.type().equals(NO_TARGET) || error.status() == 400) {
            return BLOCKED;
        }
        return switch (error.status()) {
            case 429 -> OVERLOADED;
            case 401, 403, 407 -> UNAUTHORIZED;
            default -> UNAVAILABLE;
        };
    }

    /**
     * The cause behind a request without an answer.
     *
     * @param failure what happened
     * @return its cause
     */
    static RetryCause of(Throwable failure) {
        if (failure instanceof ConnectException
                || failure instanceof UnknownHostException
                || failure instanceof NoRouteToHostException
                || failure instanceof SSLException) {
            return NO_CONNECTION;
        }
        if (failure instanceof SocketTimeoutException || failure instanceof TimeoutException) {
            return TIMEOUT;
        }
        return failure instanceof IOException ? BROKEN_CONNECTION : UNREADABLE;
    }

    /** The name in metrics. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
