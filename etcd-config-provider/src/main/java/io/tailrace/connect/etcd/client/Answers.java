package io.tailrace.connect.etcd.client;

import io.tailrace.connect.etcd.config.EtcdConfig;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for etcd's answers. */
public final class Answers {
    private final Failures failures;

    /**
     * Waits for answers of one etcd.
     *
     * @param config what error messages say about it
     */
    public Answers(EtcdConfig config) {
        failures = new Failures(config);
    }

    /**
     * Waits for one.
     *
     * @param answer what is waited for; cancelled when time is up
     * @param left how long
     * @param what what was asked for, such as "reading /db"
     * @param <T> its type
     * @return the answer
     * @throws EtcdFailure if there is none in time, or it is a failure
     * @throws InterruptedException if the thread is interrupted
     */
    public <T> T await(CompletableFuture<T> answer, Duration left, String what)
            throws EtcdFailure, InterruptedException {
        try {
            return answer.get(left.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw failures.of(what, e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw failures.timeout(what);
        }
    }
}
