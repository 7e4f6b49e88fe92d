package io.tailrace.connect.elasticsearch.retry;

/**
 * How many requests may be under way, learnt from how the server does.
 *
 * <pre>
 *            success: limit + 1, up to the maximum
 *   open  ─────────────────────────────────────────▶ open
 *         ── overload: limit / 2, wait a little ────▶ closed until then
 *         ── failure:  limit = 1, wait longer ──────▶ closed until then, then one request goes first
 * </pre>
 *
 * Time and randomness are passed in. Not for several threads.
 */
public final class Throttle {

    private final int maxInFlight;
    private final Backoff backoff;
    private int limit;
    private int failures;
    private long closedUntilMillis = Long.MIN_VALUE;

    /**
     * An open throttle at its maximum.
     *
     * @param maxInFlight the most requests under way at any time, at least 1
     * @param backoff how long to wait after failures
     */
    public Throttle(int maxInFlight, Backoff backoff) {
        this.maxInFlight = maxInFlight;
        this.backoff = backoff;
        this.limit = maxInFlight;
    }

    /**
     * Whether one more request may go.
     *
     * @param inFlight how many are under way
     * @param nowMillis the time
     * @return true if so
     */
    public boolean permits(int inFlight, long nowMillis) {
        return inFlight < limit && nowMillis >= closedUntilMillis;
    }

    /** The server took documents. */
    public void succeeded() {
        failures = 0;
        limit = Math.min(maxInFlight, limit + 1);
    }

    /**
     * The server is there and asks for less.
     *
     * @param nowMillis the time
     * @param random from 0 to 1
     */
    public void overloaded(long nowMillis, double random) {
        if (closeFor(nowMillis, random)) {
            limit = Math.max(1, limit / 2);
        }
    }

    /**
     * The server took a part and asks for less: fewer requests from now on, without a pause.
     */
    public void strained() {
        failures = 0;
        limit = Math.max(1, limit / 2);
    }

    /**
     * The server can't be reached, doesn't answer, or refuses everybody.
     *
     * @param nowMillis the time
     * @param random from 0 to 1
     */
    public void failed(long nowMillis, double random) {
        if (closeFor(nowMillis, random)) {
            limit = 1;
        }
    }

    /**
     * Failures in a row; several requests that fail while it is closed already count as one.
     *
     * @return 0 if the last answer was a good one
     */
    public int failures() {
        return failures;
    }

    /**
     * Until when nothing may go.
     *
     * @return a time that may be long past
     */
    public long closedUntilMillis() {
        return closedUntilMillis;
    }

    private boolean closeFor(long nowMillis, double random) {
        if (nowMillis < closedUntilMillis) {
            return false;
        }
        closedUntilMillis = nowMillis + backoff.delayMillis(failures, random);
        failures++;
        return true;
    }
}
