package io.tailrace.connect.filetail.tail;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The streams that have something to read, or are going to look whether they have, in the order of their turns. Each reads
 * so many bytes before the next one does. Streams that just wait for news are not in here, and so cost nothing.
 */
final class Turns {
    /**
     * Lines that give no records, or that patterns take long for, don't fill a batch, and Connect stops a task only between
     * polls. A step of a pattern counts as a byte; so many take a tenth of a second or less.
     */
    private static final long MAX_BYTES_PER_POLL = 16 * 1024 * 1024;

    /** Most streams that are looked at in one poll, each of which may have to open its file. */
    private static final int MAX_LOOKS_PER_POLL = 1000;

    /** What is due only after this isn't looked at in every poll. */
    private static final long LATER_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final long quantum;
    private final Deque<FileStream> queue = new ArrayDeque<>();
    private final Set<FileStream> queued = new HashSet<>();
    /** Not due for a while; an entry counts if its stream is still waiting for just that moment. */
    private final PriorityQueue<Later> later = new PriorityQueue<>(Comparator.comparingLong(Later::dueNanos)
            .thenComparing(Later::hasRead)
            .thenComparingLong(Later::number));

    private final Map<FileStream, Later> waiting = new HashMap<>();
    private Set<FileStream> recent = new HashSet<>();
    /** Have read something in a turn that ended in the present poll. */
    private final Set<FileStream> served = new HashSet<>();

    private long numbers;
    private long quantumLeft;

    /**
     * Makes an empty queue.
     *
     * @param quantum how many bytes are a turn
     */
    Turns(long quantum) {
        this.quantum = quantum;
        this.quantumLeft = quantum;
    }

    private record Later(FileStream stream, long dueNanos, boolean hasRead, long number) {}

    /** Lets a stream have turns until it has nothing to do any more. */
    void add(FileStream stream) {
        Later entry = waiting.get(stream);
        boolean waits = entry != null && entry.dueNanos() == stream.dueNanos();
        if (!waits && stream.dueNanos() != Pace.NOT_DUE && queued.add(stream)) {
            waiting.remove(stream);
            queue.addLast(stream);
            recent.add(stream);
        }
    }

    /** The streams that have had a turn since this was last asked, or may have had one. */
    Set<FileStream> takeRecent() {
        Set<FileStream> taken = recent;
        recent = new HashSet<>(queue);
        return taken;
    }

    /**
     * Reads until the batch is full, enough has been read for one poll, or there is nothing more at present.
     *
     * @return the streams that can't go on before a scan
     */
    List<FileStream> read(Batch batch, Now now) {
        while (!later.isEmpty() && later.element().dueNanos() <= now.nanos()) {
            Later due = later.remove();
            if (waiting.remove(due.stream(), due)) {
                add(due.stream());
            }
        }
        List<FileStream> stuck = new ArrayList<>();
        long bytesLeft = MAX_BYTES_PER_POLL;
        int looksLeft = MAX_LOOKS_PER_POLL;
        int withoutNews = 0;
        while (!batch.isFull() && bytesLeft > 0 && looksLeft > 0 && withoutNews < queue.size()) {
            FileStream stream = queue.element();
            looksLeft -= stream.dueNanos() <= now.nanos() ? 1 : 0;
            long read = stream.read(batch, now, quantumLeft);
            bytesLeft -= read;
            quantumLeft -= read;
            if (stream.needsScan()) {
                stuck.add(stream);
            }
            withoutNews = read == 0 ? withoutNews + nextTurn(now) : 0;
            if (read > 0 && quantumLeft <= 0) {
                nextTurn(now);
            }
        }
        if (!served.isEmpty()) {
            letOthersGoFirst();
        }
        return stuck;
    }

    /**
     * Those that have read go behind those that could not, be it for the rate that they share: whoever is the first when
     * it allows another line gets that. A turn that isn't over goes on in the next poll.
     */
    private void letOthersGoFirst() {
        Optional<FileStream> inTurn = quantumLeft < quantum ? Optional.ofNullable(queue.poll()) : Optional.empty();
        List<FileStream> behind = queue.stream().filter(served::contains).toList();
        queue.removeIf(served::contains);
        queue.addAll(behind);
        inTurn.ifPresent(queue::addFirst);
        served.clear();
    }

    /** How many streams it has moved to the end of the queue: none, if the stream has left it. */
    private int nextTurn(Now now) {
        FileStream stream = queue.remove();
        if (quantumLeft < quantum) {
            served.add(stream);
        }
        quantumLeft = quantum;
        long due = stream.dueNanos();
        if (due - LATER_NANOS > now.nanos()) {
            queued.remove(stream);
            if (due != Pace.NOT_DUE) {
                Later entry = new Later(stream, due, served.contains(stream), numbers++);
                waiting.put(stream, entry);
                later.add(entry);
            }
            return 0;
        }
        queue.addLast(stream);
        return 1;
    }

    /** When the next stream has something to do, on the monotonic clock. */
    long dueNanos() {
        long due = later.isEmpty() ? Pace.NOT_DUE : later.element().dueNanos();
        for (FileStream stream : queue) {
            due = Math.min(due, stream.dueNanos());
        }
        return due;
    }
}
