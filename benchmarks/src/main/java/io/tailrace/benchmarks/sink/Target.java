package io.tailrace.benchmarks.sink;

/** Something that takes bulk requests for one index, and knows how many documents it has. */
public interface Target {
    /**
     * Where it takes them.
     *
     * @return an address without a path
     */
    String url();

    /**
     * Makes it ready for documents, with none in it.
     *
     * @param index the only one that it is asked for until the next call
     */
    void empty(String index);

    /**
     * How many documents it has taken since it was emptied.
     *
     * @return a count that is up to date
     */
    long taken();

    /**
     * How many documents a search would find now.
     *
     * @return a count
     */
    long searchable();
}
