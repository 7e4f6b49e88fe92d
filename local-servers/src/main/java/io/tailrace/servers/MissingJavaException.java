package io.tailrace.servers;

/** A server needs a newer Java than this machine has; the message says which, and where it was looked for. */
public final class MissingJavaException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MissingJavaException(String message) {
        super(message);
    }
}
