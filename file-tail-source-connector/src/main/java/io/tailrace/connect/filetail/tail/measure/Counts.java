package io.tailrace.connect.filetail.tail.measure;

/** Counters that go on counting. Used by one thread; others get a {@link Tally}. */
public final class Counts {
    private final Counts total;
    private final long[] values = new long[Count.values().length];
    private Tally tally = new Tally(values);
    private boolean changed;

    /** Makes the counters of a task, all 0. */
    public Counts() {
        this(null);
    }

    private Counts(Counts total) {
        this.total = total;
    }

    /**
     * Makes counters of a part, all 0.
     *
     * @return what they count is counted here too
     */
    public Counts part() {
        return new Counts(this);
    }

    /**
     * Counts one more.
     *
     * @param count of what
     */
    public void one(Count count) {
        add(count, 1);
    }

    /**
     * Counts some more.
     *
     * @param count of what
     * @param more how many, at least 0
     */
    public void add(Count count, long more) {
        values[count.slot()] += more;
        changed = true;
        if (total != null) {
            total.add(count, more);
        }
    }

    /**
     * What they say now.
     *
     * @return the same object for as long as nothing is counted
     */
    public Tally tally() {
        if (changed) {
            tally = new Tally(values);
            changed = false;
        }
        return tally;
    }
}
