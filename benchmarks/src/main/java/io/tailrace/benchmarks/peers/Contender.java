package io.tailrace.benchmarks.peers;

import io.tailrace.benchmarks.data.Input;
import java.util.Optional;

/** Something that sends the lines of files to Kafka. */
public interface Contender {
    /**
     * What it is called in results.
     *
     * @return a word or two
     */
    String name();

    /**
     * Why it can't take part here.
     *
     * @param input what would have to be read
     * @return a reason; nothing if it can
     */
    Optional<String> missing(Input input);

    /**
     * Whether it gets faster as it runs. Then its process outlives a {@link Pass}, and only what it does in one counts; else
     * each pass is the whole life of a process.
     *
     * @return whether it is to be warmed up
     */
    boolean warmsUp();

    /**
     * Makes it ready.
     *
     * @param bench where
     * @return a contender that reads nothing yet; to be closed
     */
    Running start(Bench bench);

    /** A contender that is ready. */
    interface Running extends AutoCloseable {
        /**
         * Has it read, and returns when it does.
         *
         * @param pass what, and where to
         */
        void begin(Pass pass);

        /**
         * The process that reads.
         *
         * @return its id, after {@link #begin}
         */
        long pid();

        /**
         * Has it stop reading.
         *
         * @param pass what was begun
         */
        void end(Pass pass);

        /**
         * What it says of itself, for whoever wonders why lines don't come.
         *
         * @param pass what was begun
         * @return a few lines at most
         */
        String account(Pass pass);

        /** Ends its process. */
        @Override
        void close();
    }
}
