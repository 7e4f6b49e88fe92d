package io.tailrace.servers;

/** A server answered a request with a status that is not 2xx. */
public final class ServerResponseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String body;

    ServerResponseException(String request, int status, String body) {
        super(request + " answered " + status + ": " + body);
        this.status = status;
        this.body = body;
    }

    /**
     * The status of the answer.
     *
     * @return the HTTP status
     */
    public int status() {
        return status;
    }

    /**
     * The body of the answer.
     *
     * @return the whole text, perhaps empty
     */
    public String body() {
        return body;
    }
}
