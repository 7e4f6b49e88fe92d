package io.tailrace.connect.filetail.tail;

import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.tail.filter.LineFilter;
import io.tailrace.connect.filetail.tail.frame.Line;
import io.tailrace.connect.filetail.tail.identify.StreamOffset;
import io.tailrace.connect.filetail.tail.join.Event;
import io.tailrace.connect.filetail.tail.join.EventRoom;
import io.tailrace.connect.filetail.tail.join.LineJoiner;
import io.tailrace.connect.filetail.tail.limit.RateLimit;
import io.tailrace.connect.filetail.tail.match.Undecided;
import io.tailrace.connect.filetail.tail.measure.Count;
import io.tailrace.connect.filetail.tail.measure.Counts;
import io.tailrace.connect.filetail.tail.read.LineReader;
import io.tailrace.connect.filetail.tail.record.RecordMaker;
import io.tailrace.connect.filetail.tail.record.RecordMaker.Flag;
import java.util.Map;
import java.util.Optional;

/** What becomes of a stream's lines once they have been read: they are joined, filtered, accounted for and made records. */
final class StreamOutput {
    private final Optional<LineJoiner> joiner;
    private final LineFilter filter;
    private final RateLimit limit;
    private final RecordMaker records;
    private final Counts counts;
    private StreamOffset.Generation generation;
    private boolean otherFile;
    private Map<String, Object> last;

    StreamOutput(
            Entry entry,
            LineFilter filter,
            Undecided undecided,
            RateLimit limit,
            RecordMaker records,
            Counts counts,
            EventRoom room) {
        this.joiner = entry.multiline()
                .map(rules -> new LineJoiner(rules, entry.encoding(), entry.maxLineBytes(), undecided, room));
        this.filter = filter;
        this.limit = limit;
        this.records = records;
        this.counts = counts;
    }

    /** Turns to the lines of another file. An event never goes on in it. */
    void turnTo(StreamOffset.Generation next) {
        otherFile = true;
        generation = next;
    }

    /** Whether there is memory for another line, if it isn't sent at once. */
    boolean hasRoom() {
        return joiner.isEmpty() || joiner.get().hasRoom();
    }

    void accept(LineReader reader, Flag flag, Batch batch, Now now) {
        StreamOffset after = new StreamOffset(generation, reader.position(), reader.marker(), reader.fingerprint());
        if (joiner.isEmpty()) {
            send(reader, flag, after, batch, now);
        } else {
            join(joiner.get(), reader, flag, after, batch, now);
        }
    }

    private void join(LineJoiner joining, Line line, Flag flag, StreamOffset after, Batch batch, Now now) {
        boolean ofOtherFile = otherFile && joining.isPending();
        otherFile = false;
        if (ofOtherFile || joining.endsBefore(line)) {
            send(joining.take(), batch, now);
        }
        joining.add(line, flag == Flag.TRUNCATED, after, now.nanos());
        if (joining.isComplete()) {
            send(joining.take(), batch, now);
        }
    }

    /** The file has been written to since. Its lines say so in their offsets. */
    void modified(long millis) {
        generation = new StreamOffset.Generation(generation.number(), generation.key(), generation.finished(), millis);
    }

    /** The offset of the last record, or the one that was resumed from; null if there is none. */
    Map<String, Object> last() {
        return last;
    }

    void resumedFrom(Map<String, Object> offset) {
        last = offset;
    }

    boolean hasEventUnderWay() {
        return joiner.isPresent() && joiner.get().isPending();
    }

    /** The file whose lines come now; null before the first. */
    StreamOffset.Generation generation() {
        return generation;
    }

    /** Sends the event under way, if it has waited for too long. */
    void sendOverdue(Batch batch, Now now) {
        if (joiner.isPresent() && joiner.get().isOverdue(now.nanos())) {
            send(joiner.get().take(), batch, now);
        }
    }

    /** Sends the event under way, to which nothing can be added any more. */
    void finish(Batch batch, Now now) {
        if (joiner.isPresent() && joiner.get().isPending()) {
            send(joiner.get().take(), batch, now);
        }
    }

    private void send(Event event, Batch batch, Now now) {
        send(event, event.truncated() ? Flag.TRUNCATED : Flag.NONE, event.end(), batch, now);
    }

    private void send(Line line, Flag flag, StreamOffset after, Batch batch, Now now) {
        if (flag == Flag.TRUNCATED) {
            counts.one(Count.TRUNCATED_LINES);
        }
        int bytes = line.lineEnd() - line.lineStart();
        if (!filter.wants(line.buffer(), line.lineStart(), line.lineEnd())) {
            counts.one(Count.FILTERED_LINES);
            return;
        }
        batch.add(records.make(line, flag, after, now.millis()), bytes);
        last = after;
        limit.sent(bytes);
        counts.one(Count.LINES);
        counts.add(Count.BYTES, bytes);
    }
}
