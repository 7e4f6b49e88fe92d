package io.tailrace.benchmarks.peers;

import io.tailrace.benchmarks.data.Input;
import java.util.Optional;

/**
 * A contender in a worker that is not as it is shipped: without exactly.once.source.support.
 *
 * @param contender in such a worker
 */
record AtLeastOnce(Contender contender) implements Contender {
    @Override
    public String name() {
        return contender.name() + " at least once";
    }

    @Override
    public Optional<String> missing(Input input) {
        return contender.missing(input);
    }

    @Override
    public boolean warmsUp() {
        return contender.warmsUp();
    }

    @Override
    public Running start(Bench bench) {
        return contender.start(bench.atLeastOnce());
    }
}
