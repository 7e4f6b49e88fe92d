package io.tailrace.console.hosts;

import java.util.Locale;

/** How a host is, the worst first. */
public enum HostState {
    /** A list was refused, or can't be read. */
    FAILED,
    /** What it has is not what etcd says, for longer than it takes to apply it. */
    DRIFTED,
    /** It is about to apply what etcd says. */
    APPLYING,
    /** It was seen, and reports no more. */
    OFFLINE,
    /** All is as it should be. */
    HEALTHY;

    /**
     * As it is told.
     *
     * @return in lower case
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
