package io.tailrace.connect.elasticsearch.writer;

import io.tailrace.connect.elasticsearch.bulk.Operation;
import io.tailrace.connect.elasticsearch.config.BulkSettings;
import io.tailrace.connect.elasticsearch.http.BulkTransport;
import io.tailrace.connect.elasticsearch.metrics.SinkMeter;
import io.tailrace.connect.elasticsearch.setup.SetupStep;
import io.tailrace.connect.elasticsearch.target.TargetKind;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes operations from the task's thread, and gives back what became of them. Everything in between happens on one
 * thread of its own, in {@link SendLoop}; no method here blocks, except {@link #close} for at most a few seconds.
 */
public final class BulkWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BulkWriter.class);
    private static final long MAX_JOIN_MILLIS = 2_000;

    private final BulkTransport transport;
    private final DoubleSupplier random;
    private final ScheduledThreadPoolExecutor thread;
    private final Queue<Settlement> settlements = new ConcurrentLinkedQueue<>();
    private final AtomicLong bufferedBytes = new AtomicLong();
    private final SendLoop loop;
    private final TargetGate gate;
    private final Requests requests;

    /**
     * A started writer.
     *
     * @param name of its thread
     * @param settings limits of batches and requests
     * @param inOrder whether the order of each partition's records must be kept
     * @param targets what the names are that documents go to
     * @param transport what it sends over; closed with it
     * @param meter counts what it does
     * @param random gives numbers from 0 to 1; called on the writer's thread
     */
    public BulkWriter(
            String name,
            BulkSettings settings,
            boolean inOrder,
            TargetKind targets,
            BulkTransport transport,
            SinkMeter meter,
            DoubleSupplier random) {
        this.transport = transport;
        this.thread = new ScheduledThreadPoolExecutor(
                1, work -> new Thread(work, name), new ThreadPoolExecutor.DiscardPolicy());
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.random = random;
        this.requests = new Requests(transport, this::run);
        long origin = System.nanoTime();
        this.loop = new SendLoop(
                settings,
                inOrder,
                targets != TargetKind.ANY,
                requests,
                meter,
                this::run,
                () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - origin),
                random,
                this::settled);
        this.gate = new TargetGate(targets, requests, this::run, random, meter, loop::accept);
    }

    /**
     * Begins to send, once all is there that must be there first. That may take as long as the server is away.
     *
     * @param steps what must be there, in order
     */
    public void start(List<SetupStep> steps) {
        SetupLoop setup = new SetupLoop(
                steps,
                requests,
                this::run,
                random,
                this::open,
                message -> settlements.add(new Settlement.Failed(message, null)));
        run(0, setup::next);
    }

    private void open() {
        loop.open();
        gate.open();
    }

    /**
     * Hands over operations.
     *
     * @param operations in the order of their records; not changed afterwards
     */
    public void submit(List<Operation> operations) {
        if (!operations.isEmpty()) {
            bufferedBytes.addAndGet(
                    operations.stream().mapToLong(Operation::heapBytes).sum());
            run(0, () -> gate.accept(operations));
        }
    }

    /** Drops what waits for partitions that were taken away. */
    public void dropAbandoned() {
        run(0, () -> {
            List<Operation> held = gate.removeAbandoned();
            settled(null, held.stream().mapToLong(Operation::heapBytes).sum());
            loop.dropAbandoned();
        });
    }

    /**
     * The next piece of news.
     *
     * @return it, once; nothing if there is none now
     */
    public Optional<Settlement> poll() {
        return Optional.ofNullable(settlements.poll());
    }

    /**
     * How much was handed over and isn't settled.
     *
     * @return bytes, about
     */
    public long bufferedBytes() {
        return bufferedBytes.get();
    }

    /** Stops at once, whatever the server does. What wasn't settled never will be. */
    @Override
    public void close() {
        thread.shutdownNow();
        transport.close();
        try {
            if (!thread.awaitTermination(MAX_JOIN_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.warn("The writer's thread is still running {} ms after it was asked to stop", MAX_JOIN_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void settled(Settlement settlement, long bytes) {
        bufferedBytes.addAndGet(-bytes);
        if (settlement != null) {
            settlements.add(settlement);
        }
    }

    private Runnable run(long delayMillis, Runnable work) {
        var scheduled = thread.schedule(() -> guarded(work), delayMillis, TimeUnit.MILLISECONDS);
        return () -> scheduled.cancel(false);
    }

    /** An executor swallows what its tasks throw; here it must reach the task. */
    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            settlements.add(new Settlement.Failed("The writer failed unexpectedly: " + e, e));
            thread.shutdown();
        }
    }
}
