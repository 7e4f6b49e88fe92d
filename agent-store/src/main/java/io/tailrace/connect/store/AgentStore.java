package io.tailrace.connect.store;

import java.time.Duration;
import java.util.Map;

/**
 * What an agent asks of the store that its configuration is in, beyond Kafka's {@code ConfigProvider}. A provider class that
 * implements this too is asked; with any other, the agent does without. Safe for several threads.
 */
public interface AgentStore {
    /**
     * A name that a subscription may list among the keys it wants. What it is told then has, besides the value, the number of
     * the change that wrote the value, as decimal digits; and it is told of a change that leaves the value as it was.
     */
    String MOD_REVISION = "mod_revision";

    /**
     * The number of the newest change to the whole store. It only grows, unless the store lost its data or was restored. Blocks.
     *
     * @return at least as much as the number of any change that this provider has told of
     * @throws RuntimeException with a message for an operator, if the store can't be asked
     */
    long revision();

    /**
     * The number of the newest change to the whole store, as its latest answer to anything had it. Doesn't block.
     *
     * @return 0 if there was no answer yet, or it isn't known
     */
    default long lastRevision() {
        return 0;
    }

    /**
     * Makes keys hold texts for some time, in place of all that were reported before. Blocks until the store has them.
     *
     * @param texts the texts by key; together at most some megabytes, and each less than one
     * @param ttl after this time without another report the keys are gone, also when this process is dead; at least 5 s
     * @throws RuntimeException with a message for an operator, if the store doesn't take them
     */
    void report(Map<String, String> texts, Duration ttl);
}
