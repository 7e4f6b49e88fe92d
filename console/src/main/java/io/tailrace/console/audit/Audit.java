package io.tailrace.console.audit;

import io.tailrace.console.auth.Caller;
import io.tailrace.console.http.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says who did what: one line of JSON for each login and each change that was asked for, whether it was made or not, to a
 * logger of its own, {@code io.tailrace.console.audit}. As JSON, no text can begin a line of its own.
 */
public final class Audit {
    private static final Logger LOG = LoggerFactory.getLogger("io.tailrace.console.audit");
    private static final int MAX_CHARS = 500;

    /** Makes one; all of them write to the same logger. */
    public Audit() {}

    /**
     * Notes something.
     *
     * @param caller who
     * @param action what they wanted
     * @param detail more about it; may be empty
     * @param outcome what came of it
     */
    public void log(Caller caller, String action, String detail, String outcome) {
        LOG.info(
                "{}",
                Json.object()
                        .put("user", shorten(caller.user()))
                        .put("address", caller.address())
                        .put("action", shorten(action))
                        .put("detail", shorten(detail))
                        .put("outcome", shorten(outcome)));
    }

    private static String shorten(String text) {
        return text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS) + "…";
    }
}
