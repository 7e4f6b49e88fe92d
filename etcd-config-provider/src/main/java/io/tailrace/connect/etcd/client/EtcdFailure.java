package io.tailrace.connect.etcd.client;

/** etcd didn't do what was asked. The message is a whole sentence for an operator, and holds no password. */
public final class EtcdFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** What an operator would have to look at. */
    public enum Kind {
        /** No endpoint answered in time. */
        UNREACHABLE,
        /** The two sides couldn't agree on TLS; mostly a certificate. */
        TLS,
        /** User or password are wrong or missing, or not wanted. */
        CREDENTIALS,
        /** The user may not read this key. */
        PERMISSION,
        /** More data than one answer may hold. */
        TOO_LARGE,
        /** Anything else. */
        OTHER
    }

    private final Kind kind;

    EtcdFailure(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /**
     * What kind of failure it is.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Whether the keys of a request fail together but perhaps not alone.
     *
     * @return true if each is worth a request of its own
     */
    boolean concernsSomeKeysOnly() {
        return kind == Kind.PERMISSION || kind == Kind.TOO_LARGE;
    }
}
