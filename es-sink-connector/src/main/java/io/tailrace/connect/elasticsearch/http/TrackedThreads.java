package io.tailrace.connect.elasticsearch.http;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** The threads of one HTTP client: it counts as shut down a little before they end, and they must have ended. */
final class TrackedThreads implements ThreadFactory {

    private final String name;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    TrackedThreads(String name) {
        this.name = name;
    }

    @Override
    public Thread newThread(Runnable work) {
        Thread thread = new Thread(work, name + "-" + (threads.size() + 1));
        thread.setDaemon(true);
        threads.add(thread);
        return thread;
    }

    /** Whether any has ended, which none does before the client is closed, unless an error ends it. */
    boolean hasEnded() {
        return threads.stream().anyMatch(thread -> thread.getState() == Thread.State.TERMINATED);
    }

    /**
     * Waits until all have ended.
     *
     * @param maxMillis how long at most, for all together
     * @return whether they have
     */
    boolean join(long maxMillis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(maxMillis);
        for (Thread thread : threads) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            thread.join(Math.max(1, left));
        }
        return threads.stream().noneMatch(Thread::isAlive);
    }
}
