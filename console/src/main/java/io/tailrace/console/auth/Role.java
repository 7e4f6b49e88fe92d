package io.tailrace.console.auth;

import java.util.Locale;

/** What somebody may do; each includes those before it. */
public enum Role {
    /** Nothing but logging in. */
    NOBODY,
    /** Looking at everything. */
    VIEWER,
    /** Changing things. */
    EDITOR;

    /**
     * As it is written.
     *
     * @return in lower case
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
