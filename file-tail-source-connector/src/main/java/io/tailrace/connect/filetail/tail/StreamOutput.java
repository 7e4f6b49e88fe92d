package io.tailrace.connect.filetail.tail;

import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.tail.filter.LineFilter;
import io.tailrace.connect.filetail.tail.frame.Line;
import io.tailrace.connect.filetail.tail.identify.Bookmark;
import io.tailrace.connect.filetail.tail.identify.StreamOffset;
import io.tailrace.connect.filetail.tail.join.Event;
import io.tailrace.connect.filetail.tail.join.EventRoom;
import io.tailrace.connect.filetail.tail.join.LineJoiner;
import io.tailrace.connect.filetail.tail.limit.RateLimit;
import io.tailrace.connect.filetail.tail.local.LocalPosition;
import io.tailrace.connect.filetail.tail.match.PatternCost;
import io.tailrace.connect.filetail.tail.measure.Count;
import io.tailrace.connect.filetail.tail.measure.Counts;
import io.tailrace.connect.filetail.tail.read.LineReader;
import io.tailrace.connect.filetail.tail.record.RecordMaker;
import io.tailrace.connect.filetail.tail.record.RecordMaker.Flag;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

    /** The offset that the stream began with, if Connect had none; null otherwise. */
    private Map<String, Object> begun;

    StreamOutput(
            Entry entry,
            LineFilter filter,
            PatternCost cost,
            RateLimit limit,
            RecordMaker records,
            Counts counts,
            EventRoom room) {
        this.joiner = entry.multiline()
                .map(rules -> new LineJoiner(rules, entry.encoding(), entry.maxLineBytes(), cost, room));
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

    /** No more lines come from the present file. */
    void leave() {
        otherFile = true;
    }

    /** Whether there is an event under way of a file that was left, which {@link #sendEnded} sends. */
    boolean hasEnded() {
        return otherFile && hasEventUnderWay();
    }

    /** No lines can be read for a while, so others may have the memory for events. */
    void giveWay() {
        joiner.ifPresent(LineJoiner::giveWay);
    }

    /** Lines can be read again. */
    void goOn() {
        joiner.ifPresent(LineJoiner::goOn);
    }

    /** Whether there is memory for another line, if it isn't sent at once. */
    boolean hasRoom() {
        return joiner.isEmpty() || joiner.get().hasRoom();
    }

    /** Takes a line that has an end. */
    void accept(LineReader reader, Batch batch, Now now) {
        accept(reader, reader.cut() ? Set.of(Flag.TRUNCATED) : Set.of(), batch, now);
    }

    /** Takes the last line of a file, which has no end. */
    void acceptRest(LineReader reader, Batch batch, Now now) {
        Set<Flag> flags = EnumSet.of(Flag.UNTERMINATED);
        if (reader.cut()) {
            flags.add(Flag.TRUNCATED);
        }
        accept(reader, flags, batch, now);
    }

    private void accept(LineReader reader, Set<Flag> flags, Batch batch, Now now) {
        StreamOffset after = new StreamOffset(generation, reader.position(), reader.marker(), reader.fingerprint());
        if (joiner.isEmpty()) {
            send(reader, flags, after, batch, now);
        } else {
            join(joiner.get(), reader, flags, after, batch, now);
        }
    }

    /** A line without an end is the last of its file, and so of its event. */
    private void join(LineJoiner joining, LineReader line, Set<Flag> flags, StreamOffset after, Batch batch, Now now) {
        boolean ofOtherFile = otherFile && joining.isPending();
        otherFile = false;
        if (ofOtherFile || joining.endsBefore(line)) {
            send(joining.take(), Set.of(), batch, now);
        }
        joining.add(line, line.cut(), after, now.nanos());
        if (joining.isComplete() || flags.contains(Flag.UNTERMINATED)) {
            send(joining.take(), flags, batch, now);
        }
    }

    /** The file has been written to since. Its lines say so in their offsets. */
    void modified(long millis) {
        generation = new StreamOffset.Generation(generation.number(), generation.key(), generation.finished(), millis);
    }

    /** Takes over where an earlier task began, and the offset of its last record; null for what there isn't. */
    void resumedFrom(Map<String, Object> beginning, Map<String, Object> lastRecord) {
        begun = beginning;
        last = lastRecord;
    }

    /** The stream begins here, of which Connect knows nothing. */
    void beganAt(Bookmark here) {
        begun = offset(here);
    }

    /** What Connect doesn't know of the stream when it has got this far; empty if that is nothing. */
    Optional<LocalPosition> local(Bookmark here) {
        return generation == null ? Optional.empty() : LocalPosition.of(begun, last, offset(here), hasEventUnderWay());
    }

    /** The same of a file that was left, so that nobody looks for it again. */
    Optional<LocalPosition> localOfLeft(Bookmark here, StreamOffset.Generation left) {
        StreamOffset reached = new StreamOffset(left, here.position(), here.marker(), here.fingerprint());
        return Optional.of(new LocalPosition(begun, last, reached));
    }

    private StreamOffset offset(Bookmark here) {
        return new StreamOffset(generation, here.position(), here.marker(), here.fingerprint());
    }

    boolean hasEventUnderWay() {
        return joiner.isPresent() && joiner.get().isPending();
    }

    /** The file whose lines come now; null before the first. */
    StreamOffset.Generation generation() {
        return generation;
    }

    /** Sends the event under way, if it is of a file that was left. */
    boolean sendEnded(Batch batch, Now now) {
        boolean ended = hasEnded();
        if (ended) {
            finish(batch, now);
        }
        return ended;
    }

    /** Whether the event under way has waited for too long. */
    boolean isOverdue(Now now) {
        return joiner.isPresent() && joiner.get().isOverdue(now.nanos());
    }

    /** Sends the event under way, if it has waited for too long. */
    boolean sendOverdue(Batch batch, Now now) {
        boolean overdue = isOverdue(now);
        if (overdue) {
            finish(batch, now);
        }
        return overdue;
    }

    /** Sends the event under way, to which nothing can be added any more. */
    void finish(Batch batch, Now now) {
        if (joiner.isPresent() && joiner.get().isPending()) {
            send(joiner.get().take(), Set.of(), batch, now);
        }
    }

    private void send(Event event, Set<Flag> ofLastLine, Batch batch, Now now) {
        Set<Flag> flags = EnumSet.noneOf(Flag.class);
        flags.addAll(ofLastLine);
        if (event.truncated()) {
            flags.add(Flag.TRUNCATED);
        }
        send(event, flags, event.end(), batch, now);
    }

    private void send(Line line, Set<Flag> flags, StreamOffset after, Batch batch, Now now) {
        if (flags.contains(Flag.TRUNCATED)) {
            counts.one(Count.TRUNCATED_LINES);
        }
        int bytes = line.lineEnd() - line.lineStart();
        if (!filter.wants(line.buffer(), line.lineStart(), line.lineEnd())) {
            counts.one(Count.FILTERED_LINES);
            return;
        }
        batch.add(records.make(line, flags, after, now.millis()), bytes);
        last = after;
        limit.sent(bytes);
        counts.one(Count.LINES);
        counts.add(Count.BYTES, bytes);
    }
}
