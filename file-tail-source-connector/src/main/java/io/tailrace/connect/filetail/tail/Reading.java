package io.tailrace.connect.filetail.tail;

import io.tailrace.connect.filetail.tail.limit.RateLimit;
import io.tailrace.connect.filetail.tail.measure.Count;
import io.tailrace.connect.filetail.tail.measure.StreamMeter;
import io.tailrace.connect.filetail.tail.read.Content;
import io.tailrace.connect.filetail.tail.read.GzipContent;
import io.tailrace.connect.filetail.tail.read.LineReader;
import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;

/** How a stream reads the file that it has: what a poll does. Which file comes next is none of its business. */
final class Reading {
    private final FileStream stream;
    private final TailedFile file;
    private final EntryTail owner;
    private final StreamOutput output;
    private final StreamMeter meter;
    private final Losses losses;
    private final RateLimit limit;
    private final OpenFiles files;
    private final TailSettings settings;
    private final Pace pace = new Pace();
    private final Trouble trouble;

    Reading(
            FileStream stream,
            TailedFile file,
            EntryTail owner,
            StreamOutput output,
            StreamMeter meter,
            Losses losses,
            OpenFiles files,
            TailSettings settings) {
        this.stream = stream;
        this.file = file;
        this.owner = owner;
        this.output = output;
        this.meter = meter;
        this.losses = losses;
        this.limit = owner.limit();
        this.files = files;
        this.settings = settings;
        this.trouble = new Trouble(stream.path());
    }

    Pace pace() {
        return pace;
    }

    Trouble trouble() {
        return trouble;
    }

    /** When there is something to do, on the monotonic clock; {@link Pace#NOT_DUE} if nothing. */
    long dueNanos() {
        return file.is(State.READING) || output.hasEnded() ? pace.dueNanos() : Pace.NOT_DUE;
    }

    /**
     * Reads lines.
     *
     * @param batch takes the records
     * @param quantum about how many bytes to read at most
     * @return how many bytes were read, and steps taken to find patterns in them
     */
    long read(Batch batch, Now now, long quantum) {
        if (now.nanos() < dueNanos() || isLimited(now)) {
            return 0;
        }
        if (output.sendEnded(batch, now)) {
            owner.local().nowAdvanced(stream);
        }
        if (!file.is(State.READING)) {
            return 0;
        }
        output.goOn();
        if (!output.hasRoom() && !output.isOverdue(now)) {
            pace.soon(now);
            return 0;
        }
        try {
            return readFile(batch, now, quantum);
        } catch (IOException e) {
            if (!trouble.isEmpty()) {
                sendOverdue(batch, now);
            }
            fail(e, now);
            return 0;
        }
    }

    private boolean isLimited(Now now) {
        long limited = limit.waitNanos(now.nanos());
        if (limited == 0) {
            meter.unthrottled(now.nanos());
            return false;
        }
        output.giveWay();
        meter.throttled(now.nanos());
        pace.limited(now.nanos() + limited);
        return true;
    }

    private long readFile(Batch batch, Now now, long quantum) throws IOException {
        Optional<LineReader> open = files.reader(stream);
        Optional<LineReader> reader = open.isPresent() ? open : open(now);
        if (reader.isEmpty()) {
            output.giveWay();
            return 0;
        }
        if (!output.hasRoom()) {
            return withoutRoom(reader.get(), batch, now);
        }
        return file.isCompressed() && !file.unpacking().hasArrived()
                ? decompress(reader.get(), quantum)
                : readFrom(reader.get(), batch, now, quantum);
    }

    /** An event that is overdue, while its file has no more lines, needs no memory to go on. */
    private long withoutRoom(LineReader reader, Batch batch, Now now) throws IOException {
        boolean atEnd = !file.isCompressed() && content().size() <= reader.position();
        if (atEnd) {
            sendOverdue(batch, now);
        }
        pace.soon(now);
        return 0;
    }

    private void sendOverdue(Batch batch, Now now) {
        if (output.sendOverdue(batch, now)) {
            owner.local().nowAdvanced(stream);
        }
    }

    private Content content() {
        return files.content(stream).orElseThrow();
    }

    private Optional<LineReader> open(Now now) throws IOException {
        if (file.isCompressed() && !owner.mayDecompress(stream)) {
            pace.at(now.nanos() + settings.scanInterval().toNanos());
            return Optional.empty();
        }
        file.unpacking().opened();
        Optional<LineReader> reader =
                file.seenAt() == null ? Optional.empty() : files.open(stream, file.seenAt(), owner.entry(), file.at());
        pace.at(now.nanos() + (reader.isPresent() ? 0 : settings.scanInterval().toNanos()));
        if (reader.isPresent() && !file.isCompressed() && !isUnchanged(reader.get())) {
            file.nowIs(State.CHANGED);
            return Optional.empty();
        }
        return reader;
    }

    /** Whether the file still has what was read of it. */
    boolean isUnchanged(LineReader reader) throws IOException {
        boolean unchanged = reader.isUnchanged();
        if (unchanged && file.isModificationKnown()) {
            output.modified(file.modifiedMillis());
        }
        return unchanged;
    }

    /** Goes to the bookmark in a compressed file, and sees whether it is one there. */
    private long decompress(LineReader reader, long quantum) throws IOException {
        if (!file.unpacking().forward(reader, content(), quantum)) {
            file.nowIs(State.CHANGED);
        }
        return quantum;
    }

    private long readFrom(LineReader reader, Batch batch, Now now, long quantum) throws IOException {
        long from = reader.position();
        pace.reads();
        long loaded = reader.loaded();
        long steps = owner.patternCost().steps();
        while (!batch.isFull()
                && reader.position() - from + stepsSince(steps) < quantum
                && limit.allows()
                && output.hasRoom()) {
            switch (reader.next()) {
                case LINE -> output.accept(reader, batch, now);
                case MORE -> {
                    meter.read(reader.position(), reader.size(), now.nanos());
                    recovered(now);
                    return Math.max(settings.readBufferBytes(), reader.loaded() - loaded);
                }
                case CHANGED -> {
                    output.finish(batch, now);
                    file.nowIs(State.CHANGED);
                    return reader.position() - from;
                }
                case WAIT -> {
                    long read = reader.position() - from;
                    meter.readAll(reader.position(), reader.size(), now.nanos());
                    atEnd(reader, read, batch, now);
                    return read + stepsSince(steps);
                }
            }
        }
        meter.read(reader.position(), reader.size(), now.nanos());
        recovered(now);
        return reader.position() - from + stepsSince(steps);
    }

    /** What was spent on patterns counts like bytes that were read, so that it takes no time from others. */
    private long stepsSince(long steps) {
        return owner.patternCost().steps() - steps;
    }

    private void recovered(Now now) {
        file.hadBytes(now);
        owner.local().nowAdvanced(stream);
        trouble.isOver();
    }

    private void atEnd(LineReader reader, long read, Batch batch, Now now) throws IOException {
        if (file.isCompressed()) {
            atEndOfCompressed(reader, batch, now);
            return;
        }
        trouble.isOver();
        if (read > 0) {
            file.hadBytes(now);
        }
        if (read > 0 || output.hasEventUnderWay()) {
            owner.local().nowAdvanced(stream);
        }
        output.sendOverdue(batch, now);
        boolean waiting = file.isLeftBehind() || output.hasEventUnderWay();
        rest(waiting, now);
        if (file.isLeftBehind() && (file.copyOf() != null || waited(now))) {
            leave(reader, batch, now);
        }
    }

    /** When to look again, or that the file may be closed. */
    private void rest(boolean waiting, Now now) throws IOException {
        long idle = file.idleNanos(now);
        long closeIdle = owner.entry().closeIdle().toNanos();
        pace.exhausted(idle, owner.isHeard() && !waiting, now);
        if (!waiting) {
            pace.mayRest(idle, file.lastByteNanos() + closeIdle + 1);
        }
        if (!waiting && idle > closeIdle) {
            files.close(stream);
            pace.at(Pace.NOT_DUE);
        }
    }

    /** Sends the last line, even if it has no end, and is done with the file. */
    private void leave(LineReader reader, Batch batch, Now now) throws IOException {
        LineReader.Step rest = reader.rest();
        if (rest == LineReader.Step.MORE) {
            return;
        }
        if (rest == LineReader.Step.LINE) {
            output.acceptRest(reader, batch, now);
        }
        output.finish(batch, now);
        file.nowIs(State.DONE);
    }

    private void atEndOfCompressed(LineReader reader, Batch batch, Now now) throws IOException {
        Content content = content();
        boolean givenUp = file.isLeftBehind()
                && waited(now)
                && now.millis() - file.modifiedMillis() >= settings.rotateWait().toMillis();
        if (!givenUp) {
            Unpacking.requireWhole(content);
        }
        trouble.isOver();
        owner.local().nowAdvanced(stream);
        if (reader.rest() == LineReader.Step.LINE) {
            output.acceptRest(reader, batch, now);
        }
        output.finish(batch, now);
        if (((GzipContent) content).ending() != GzipContent.Ending.COMPLETE) {
            losses.damaged(file.seenAt(), reader.position());
        }
        files.close(stream);
        file.unpacking().nowComplete(true);
        pace.at(Pace.NOT_DUE);
        if (file.isLeftBehind()) {
            file.nowIs(State.DONE);
        }
    }

    private boolean waited(Now now) {
        return now.nanos() >= file.leftNanos(settings.rotateWait());
    }

    /** Something went wrong with the file, which is tried again later. */
    void fail(IOException e, Now now) {
        output.giveWay();
        boolean waits = file.isCompressed() && !file.isLeftBehind() && e instanceof EOFException;
        pace.at(waits ? Pace.NOT_DUE : now.nanos() + trouble.retryNanos(settings.scanInterval()));
        if (!(e instanceof NotYetException)) {
            giveUpAfter(e, now);
        }
        files.giveUp(stream);
    }

    /** A file that was rotated away and stays unreadable must not keep the next one waiting. */
    private void giveUpAfter(IOException e, Now now) {
        meter.counts().one(Count.READ_ERRORS);
        trouble.failed(e.toString(), now);
        if (file.is(State.READING) && file.isLeftBehind() && trouble.hasLasted(now)) {
            losses.unreadable(stream.bookmark().position(), trouble.reason());
            trouble.isOver();
            file.nowIs(State.DONE);
        }
    }
}
