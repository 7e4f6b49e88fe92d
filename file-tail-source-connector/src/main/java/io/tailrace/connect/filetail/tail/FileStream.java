package io.tailrace.connect.filetail.tail;

import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.tail.identify.Bookmark;
import io.tailrace.connect.filetail.tail.identify.FileKey;
import io.tailrace.connect.filetail.tail.identify.Finished;
import io.tailrace.connect.filetail.tail.identify.StreamOffset;
import io.tailrace.connect.filetail.tail.limit.RateLimit;
import io.tailrace.connect.filetail.tail.local.LocalPosition;
import io.tailrace.connect.filetail.tail.match.Undecided;
import io.tailrace.connect.filetail.tail.measure.Count;
import io.tailrace.connect.filetail.tail.measure.StreamMeter;
import io.tailrace.connect.filetail.tail.measure.StreamProgress;
import io.tailrace.connect.filetail.tail.read.Content;
import io.tailrace.connect.filetail.tail.read.GzipContent;
import io.tailrace.connect.filetail.tail.read.LineReader;
import io.tailrace.connect.filetail.tail.record.RecordMaker;
import io.tailrace.connect.filetail.tail.record.RecordMaker.Flag;
import io.tailrace.connect.filetail.tail.scan.FileStat;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One path of one entry: reads the file that is there, and when that is rotated away its rest, the files in between, and
 * the next one. Each of them is a generation.
 * {@link State} shows how.
 *
 * <p>{@link #read} runs in every poll and touches only the open file; {@link #observe} runs in every scan, and is where
 * the stream goes from one file to another.
 */
final class FileStream {
    private static final long NEVER = Long.MIN_VALUE;

    private final Path path;
    private final Entry entry;
    private final EntryTail owner;
    private final StreamOutput output;
    private final Losses losses;
    private final StreamMeter meter;
    private final RateLimit limit;
    private final OpenFiles files;
    private final TailSettings settings;

    private State state = State.NOTHING;
    private Bookmark at;
    private long generation = -1;
    private Finished finished = Finished.NONE;

    /** Where the file that is being read was last seen, under whatever name; null if nowhere. */
    private Path seenAt;

    /** Since when the path has had another file, or none; {@link #NEVER} while the file is still followed. */
    private long leftBehindNanos = NEVER;

    /** When the file was last written to, as far as a scan has seen. */
    private long modifiedMillis = NEVER;

    /** Where the file was left of which the one that is being read seems to be a copy; null if it's none. */
    private Bookmark copyOf;

    private boolean compressed;
    private final Unpacking unpacking = new Unpacking();

    /** When the file that was read last was last written to. */
    private long lastModified = NEVER;

    private long lastByteNanos;
    private final Pace pace = new Pace();
    private final Trouble trouble;

    /** Rotated siblings that are older than the file being read, and so none of its successors. */
    private Older older = Older.NONE;

    FileStream(Path path, EntryTail owner, OpenFiles files, TailSettings settings) {
        this.path = path;
        this.files = files;
        this.trouble = new Trouble(path);
        this.owner = owner;
        this.entry = owner.entry();
        this.limit = owner.limit();
        this.meter = new StreamMeter(owner.counts().part());
        this.losses = new Losses(path, meter);
        RecordMaker records = new RecordMaker(settings.format(), settings.host(), entry, path, meter.counts());
        this.output = new StreamOutput(
                entry, owner.filter(), owner.undecided(), limit, records, meter.counts(), files.events());
        this.settings = settings;
    }

    Path path() {
        return path;
    }

    /** The key of the file that is being read. */
    Optional<FileKey> key() {
        return state == State.NOTHING ? Optional.empty() : Optional.of(at.key());
    }

    /** How far the file that is being read has been read. */
    Bookmark bookmark() {
        return files.reader(this).map(LineReader::bookmark).orElse(at);
    }

    /** How far this stream has got; empty if it has neither a file nor trouble. */
    Optional<StreamProgress> progress(Now now) {
        if (isIdle() && trouble.isEmpty()) {
            return Optional.empty();
        }
        String name = RecordMaker.stream(settings.host().id(), entry.id(), path);
        long position = at == null ? 0 : bookmark().position();
        return Optional.of(meter.progress(name, path, position, trouble.reason(), now.nanos()));
    }

    Finished finished() {
        return finished;
    }

    /** Whether there is a file that this stream has read to its end, or is going to leave. */
    boolean hasLeftAFile() {
        return leftBehindNanos != NEVER || !finished.files().isEmpty();
    }

    boolean isIdle() {
        return state == State.NOTHING;
    }

    /** Whether the next scan has something to do here at once. */
    boolean needsScan() {
        return state == State.CHANGED || state == State.DONE;
    }

    /** Whether a file with a rotated name may turn out to be one that comes next here. */
    boolean mayGoOnIn(FileStat file) {
        return !isIdle() && leftBehindNanos != NEVER && !older.contains(file);
    }

    EntryTail owner() {
        return owner;
    }

    /** Whether there is nothing to do in {@link #observe} as long as the path has the same file. */
    boolean isSettled() {
        return state == State.NOTHING || (state == State.READING && leftBehindNanos == NEVER);
    }

    /** When there is something to do in {@link #read}, on the monotonic clock; {@link Pace#NOT_DUE} if nothing. */
    long dueNanos() {
        return state == State.READING || output.hasEnded() ? pace.dueNanos() : Pace.NOT_DUE;
    }

    /** The file has been written to. */
    void ring(Now now) {
        if (trouble.isEmpty() && !compressed) {
            pace.rung(now);
        }
    }

    /** Takes over what an earlier task knew, before the first file is begun. */
    void restore(StreamOffset.Saved saved) {
        generation = saved.generation();
        finished = saved.finished();
        lastModified = saved.modifiedMillis();
    }

    /** Takes over what an earlier task knew of where this stream began, and of its last record; null for nothing. */
    void restoreBeginning(Map<String, Object> savedBeginning, Map<String, Object> lastRecord) {
        output.resumedFrom(savedBeginning, lastRecord);
    }

    /** Remembers where this stream began, of which Connect knows nothing. */
    void rememberBeginning() {
        output.beganAt(bookmark());
    }

    /** What Connect doesn't know of this stream; empty if that is nothing. */
    Optional<LocalPosition> local() {
        if (unpacking.isUnproved()) {
            return unpacking.local();
        }
        return at == null ? Optional.empty() : output.local(bookmark());
    }

    /** The file of the saved generation can't be found any more; those that came after it may. */
    void lose(StreamOffset.Saved saved, Older olderSiblings, Finder finder) {
        meter.lost(0);
        at = saved.bookmark();
        older = olderSiblings;
        remember(at, saved.modifiedMillis(), finder);
    }

    /** Goes on in the file of the saved generation. */
    void resume(Bookmark from, FileStat file, Older olderSiblings, Now now) {
        become(from, file, olderSiblings, now);
    }

    /** Goes on in a file that lies elsewhere by now. */
    void resumeLeftBehind(Bookmark from, FileStat file, Older olderSiblings, Now now) throws IOException {
        become(from, file, olderSiblings, now);
        leaveBehind(file, now);
    }

    /** Goes on in what seems to be a copy of the file that was read. */
    void resumeInCopy(Bookmark original, FileStat file, Older olderSiblings, Now now) throws IOException {
        at = original;
        output.turnTo(new StreamOffset.Generation(generation, original.key(), finished, file.modifiedMillis()));
        suppose(original.in(file.key()), file, olderSiblings, now);
        leaveBehind(file, now);
        copyOf = original;
    }

    /** Begins the next generation. */
    void begin(Bookmark from, FileStat file, Older olderSiblings, Now now) {
        generation++;
        suppose(from, file, olderSiblings, now);
    }

    private void suppose(Bookmark from, FileStat file, Older olderSiblings, Now now) {
        Bookmark before = at;
        Optional<LocalPosition> local = local();
        become(from, file, olderSiblings, now);
        if (compressed && from.position() > 0) {
            unpacking.suppose(before, local);
        }
    }

    private void become(Bookmark from, FileStat file, Older olderSiblings, Now now) {
        state = State.READING;
        at = from;
        seenAt = file.path();
        modifiedMillis = NEVER;
        output.turnTo(new StreamOffset.Generation(generation, from.key(), finished, file.modifiedMillis()));
        leftBehindNanos = NEVER;
        copyOf = null;
        compressed = file.isGzip();
        unpacking.begin();
        older = olderSiblings;
        lastByteNanos = now.nanos();
        pace.begin(now);
        meter.turnTo(from.position(), Math.max(from.position(), file.size()), now.nanos());
        owner.nowReading(from.key(), this);
    }

    private void leaveBehind(FileStat file, Now now) throws IOException {
        long ageMillis = Math.max(0, now.millis() - file.changedMillis());
        leftBehindNanos = now.nanos() - TimeUnit.MILLISECONDS.toNanos(ageMillis);
        lastByteNanos = leftBehindNanos;
    }

    /** Doesn't read a compressed file again only to find that there is nothing more. */
    void skipIfDone(FileStat file, Finder finder) throws IOException {
        if (compressed && finder.isAtEnd(file, at)) {
            unpacking.nowComplete(true);
            pace.at(Pace.NOT_DUE);
        }
    }

    boolean isDecompressing() {
        return compressed && state == State.READING && files.content(this).isPresent();
    }

    boolean wasMistakenIn(Bookmark bookmark) {
        return unpacking.wasMistakenIn(bookmark);
    }

    /** {@link OpenFiles} closes the file; the bookmark tells where to go on. */
    void leave(Bookmark bookmark) {
        at = bookmark;
    }

    /** The file was closed to make room. */
    void makeRoom(Bookmark bookmark) {
        leave(bookmark);
        if (state == State.READING && !output.hasEventUnderWay()) {
            pace.closed(leftBehindNanos == NEVER ? Pace.NOT_DUE : leftNanos());
        }
    }

    /**
     * Reads lines.
     *
     * @param batch takes the records
     * @param quantum about how many bytes to read at most
     * @return how many bytes were read
     */
    long read(Batch batch, Now now, long quantum) {
        if (now.nanos() < dueNanos()) {
            return 0;
        }
        long limited = limit.waitNanos(now.nanos());
        if (limited > 0) {
            output.giveWay();
            meter.throttled(now.nanos());
            pace.limited(now.nanos() + limited);
            return 0;
        }
        meter.unthrottled(now.nanos());
        if (output.sendEnded(batch, now)) {
            owner.local().nowAdvanced(this);
        }
        if (state != State.READING) {
            return 0;
        }
        output.goOn();
        if (!output.hasRoom() && !output.isOverdue(now)) {
            pace.soon(now);
            return 0;
        }
        try {
            Optional<LineReader> reader = files.reader(this);
            if (reader.isEmpty()) {
                reader = open(now);
            }
            if (reader.isEmpty()) {
                output.giveWay();
                return 0;
            }
            if (!output.hasRoom()) {
                return withoutRoom(reader.get(), batch, now);
            }
            return compressed && !unpacking.hasArrived()
                    ? decompress(reader.get(), quantum)
                    : readFrom(reader.get(), batch, now, quantum);
        } catch (IOException e) {
            if (!trouble.isEmpty() && output.sendOverdue(batch, now)) {
                owner.local().nowAdvanced(this);
            }
            fail(e, now);
            return 0;
        }
    }

    /** An event that is overdue, while its file has no more lines, needs no memory to go on. */
    private long withoutRoom(LineReader reader, Batch batch, Now now) throws IOException {
        boolean atEnd = !compressed && files.content(this).orElseThrow().size() <= reader.position();
        if (atEnd && output.sendOverdue(batch, now)) {
            owner.local().nowAdvanced(this);
        }
        pace.soon(now);
        return 0;
    }

    private Optional<LineReader> open(Now now) throws IOException {
        if (compressed && !owner.mayDecompress(this)) {
            pace.at(now.nanos() + settings.scanInterval().toNanos());
            return Optional.empty();
        }
        unpacking.opened();
        Optional<LineReader> reader = seenAt == null ? Optional.empty() : files.open(this, seenAt, entry, at);
        pace.at(now.nanos() + (reader.isPresent() ? 0 : settings.scanInterval().toNanos()));
        if (reader.isPresent() && !compressed && !isUnchanged(reader.get())) {
            state = State.CHANGED;
            return Optional.empty();
        }
        return reader;
    }

    private boolean isUnchanged(LineReader reader) throws IOException {
        boolean unchanged = reader.isUnchanged();
        if (unchanged && modifiedMillis != NEVER) {
            output.modified(modifiedMillis);
        }
        return unchanged;
    }

    /** Goes to the bookmark in a compressed file, and sees whether it is one there. */
    private long decompress(LineReader reader, long quantum) throws IOException {
        if (!unpacking.forward(reader, files.content(this).orElseThrow(), quantum)) {
            state = State.CHANGED;
        }
        return quantum;
    }

    private long readFrom(LineReader reader, Batch batch, Now now, long quantum) throws IOException {
        long from = reader.position();
        pace.reads();
        long undecided = owner.undecided().count();
        while (!batch.isFull()
                && reader.position() - from < quantum
                && limit.allows()
                && output.hasRoom()
                && owner.undecided().count() == undecided) {
            switch (reader.next()) {
                case LINE -> output.accept(reader, reader.cut() ? Flag.TRUNCATED : Flag.NONE, batch, now);
                case MORE -> {
                    meter.read(reader.position(), reader.size(), now.nanos());
                    recovered(now);
                    return settings.readBufferBytes();
                }
                case CHANGED -> {
                    output.finish(batch, now);
                    state = State.CHANGED;
                    return reader.position() - from;
                }
                case WAIT -> {
                    long read = reader.position() - from;
                    meter.readAll(reader.position(), reader.size(), now.nanos());
                    atEnd(reader, read, batch, now);
                    return read;
                }
            }
        }
        meter.read(reader.position(), reader.size(), now.nanos());
        recovered(now);
        return reader.position() - from + (owner.undecided().count() - undecided) * Undecided.COST_BYTES;
    }

    private void recovered(Now now) {
        lastByteNanos = now.nanos();
        owner.local().nowAdvanced(this);
        trouble.isOver();
    }

    private void atEnd(LineReader reader, long read, Batch batch, Now now) throws IOException {
        if (compressed) {
            atEndOfCompressed(reader, batch, now);
            return;
        }
        trouble.isOver();
        if (read > 0) {
            lastByteNanos = now.nanos();
        }
        if (read > 0 || output.hasEventUnderWay()) {
            owner.local().nowAdvanced(this);
        }
        output.sendOverdue(batch, now);
        long idle = now.nanos() - lastByteNanos;
        boolean waiting = leftBehindNanos != NEVER || output.hasEventUnderWay();
        pace.exhausted(idle, owner.isHeard() && !waiting, now);
        if (!waiting) {
            pace.mayRest(idle, lastByteNanos + entry.closeIdle().toNanos() + 1);
        }
        if (leftBehindNanos != NEVER && (copyOf != null || waited(now))) {
            LineReader.Step rest = reader.rest();
            if (rest == LineReader.Step.MORE) {
                return;
            }
            if (rest == LineReader.Step.LINE) {
                output.accept(reader, Flag.UNTERMINATED, batch, now);
            }
            output.finish(batch, now);
            state = State.DONE;
        } else if (!waiting && idle > entry.closeIdle().toNanos()) {
            files.close(this);
            pace.at(Pace.NOT_DUE);
        }
    }

    private void atEndOfCompressed(LineReader reader, Batch batch, Now now) throws IOException {
        Content content = files.content(this).orElseThrow();
        boolean givenUp = leftBehindNanos != NEVER
                && waited(now)
                && now.millis() - modifiedMillis >= settings.rotateWait().toMillis();
        if (!givenUp) {
            Unpacking.requireWhole(content);
        }
        trouble.isOver();
        owner.local().nowAdvanced(this);
        if (reader.rest() == LineReader.Step.LINE) {
            output.accept(reader, Flag.UNTERMINATED, batch, now);
        }
        output.finish(batch, now);
        if (((GzipContent) content).ending() != GzipContent.Ending.COMPLETE) {
            losses.damaged(seenAt, reader.position());
        }
        files.close(this);
        unpacking.nowComplete(true);
        pace.at(Pace.NOT_DUE);
        if (leftBehindNanos != NEVER) {
            state = State.DONE;
        }
    }

    private boolean waited(Now now) {
        return now.nanos() - leftNanos() >= 0;
    }

    /** When a file that was left behind has been waited for long enough. */
    private long leftNanos() {
        return Math.max(leftBehindNanos, lastByteNanos) + settings.rotateWait().toNanos();
    }

    private void fail(IOException e, Now now) {
        output.giveWay();
        boolean waits = compressed && leftBehindNanos == NEVER && e instanceof EOFException;
        pace.at(waits ? Pace.NOT_DUE : now.nanos() + trouble.retryNanos(settings.scanInterval()));
        if (!(e instanceof FileMovedException)) {
            giveUpAfter(e, now);
        }
        files.giveUp(this);
    }

    /** A file that was rotated away and stays unreadable must not keep the next one waiting. */
    private void giveUpAfter(IOException e, Now now) {
        meter.counts().one(Count.READ_ERRORS);
        trouble.failed(e.toString(), now);
        if (state == State.READING && leftBehindNanos != NEVER && trouble.hasLasted(now)) {
            losses.unreadable(bookmark().position(), trouble.reason());
            trouble.isOver();
            state = State.DONE;
        }
    }

    /**
     * Looks where the files are now, and goes from one to the next.
     *
     * @param there the file at the stream's path
     */
    void observe(Optional<FileStat> there, Finder finder, Now now) {
        try {
            switch (state) {
                case NOTHING -> beginNext(there, finder, now);
                case READING -> follow(there, finder, now);
                case CHANGED -> afterChange(there, finder, now);
                case DONE -> goOn(there, finder, now);
            }
        } catch (IOException e) {
            owner.becomeRestless();
            fail(e, now);
        }
    }

    private void follow(Optional<FileStat> there, Finder finder, Now now) throws IOException {
        boolean still = there.isPresent() && there.get().key().equals(at.key());
        if (still && copyOf == null) {
            followHere(there.get(), now);
            return;
        }
        boolean open = files.reader(this).isPresent();
        Optional<FileStat> elsewhere = open ? finder.moved(path, at.key()) : finder.movedForSure(path, at.key());
        seenAt = elsewhere.map(FileStat::path).orElse(null);
        if (compressed) {
            modifiedMillis = elsewhere.map(FileStat::modifiedMillis).orElse(0L);
        } else {
            elsewhere.ifPresent(file -> meter.looked(file.size(), now.nanos()));
        }
        if (leftBehindNanos == NEVER) {
            leftBehindNanos = now.nanos();
            pace.noticed(now);
        }
        if (unpacking.isComplete()) {
            state = State.DONE;
            goOn(there, finder, now);
        } else if (!open && elsewhere.isEmpty()) {
            losses.removed(at.position());
            state = State.DONE;
            goOn(there, finder, now);
        }
    }

    private void followHere(FileStat file, Now now) throws IOException {
        leftBehindNanos = NEVER;
        seenAt = path;
        if (compressed) {
            followCompressed(file, now);
            return;
        }
        meter.looked(file.size(), now.nanos());
        if (file.modifiedMillis() == modifiedMillis && !file.isFresh(now.millis())) {
            return;
        }
        modifiedMillis = file.modifiedMillis();
        Optional<LineReader> reader = files.reader(this);
        if (reader.isPresent()) {
            // It may have been truncated and have grown to the very size that it had.
            boolean unchanged = isUnchanged(reader.get());
            state = unchanged ? State.READING : State.CHANGED;
            meter.verified(unchanged ? file.size() : 0);
        }
        if (trouble.isEmpty()) {
            pace.noticed(now);
        }
    }

    private void followCompressed(FileStat file, Now now) throws IOException {
        boolean changed = modifiedMillis != NEVER && file.modifiedMillis() != modifiedMillis;
        modifiedMillis = file.modifiedMillis();
        if (changed) {
            output.modified(modifiedMillis);
            files.close(this);
            unpacking.nowComplete(false);
            pace.noticed(now);
        }
    }

    /** A compressed file only began like the one that the bookmark was made in. */
    private void afterMistake(Optional<FileStat> there, Finder finder, Now now) throws IOException {
        owner.claims().notReading(at.key(), this);
        state = State.NOTHING;
        at = unpacking.mistake(at);
        if (copyOf != null) {
            Optional<FileStat> other = owner.claims().unreadCopy(this, copyOf, lastModified, finder);
            if (other.isPresent()) {
                resumeInCopy(copyOf, other.get(), older, now);
                return;
            }
            losses.overwritten(copyOf.position());
            remember(copyOf, lastModified, finder);
        }
        beginNext(there, finder, now);
    }

    /** The file shrank or was overwritten: reads what a copy of it has more, then the file from its beginning. */
    private void afterChange(Optional<FileStat> there, Finder finder, Now now) throws IOException {
        files.close(this);
        endEvent(now);
        if (compressed) {
            afterMistake(there, finder, now);
            return;
        }
        Bookmark last = at;
        lastModified = output.generation().modifiedMillis();
        meter.counts().one(Count.TRUNCATIONS);
        Optional<FileStat> copied = owner.claims().unreadCopy(this, last, lastModified, finder);
        if (copied.isPresent()) {
            resumeInCopy(last, copied.get(), older, now);
            return;
        }
        losses.overwritten(last.position());
        remember(last, lastModified, finder);
        state = State.NOTHING;
        if (leftBehindNanos != NEVER) {
            beginNext(there, finder, now);
        } else if (there.isPresent()) {
            begin(Bookmark.atBeginning(there.get().key()), there.get(), older, now);
        }
    }

    /** What is under way when a file is left can't go on, and is sent before anything else is read. */
    private void endEvent(Now now) {
        output.leave();
        if (output.hasEnded()) {
            pace.noticed(now);
        }
    }

    private void goOn(Optional<FileStat> there, Finder finder, Now now) throws IOException {
        files.close(this);
        endEvent(now);
        if (copyOf == null) {
            meter.counts().one(Count.ROTATIONS);
        }
        Optional<FileStat> left = finder.moved(path, at.key());
        boolean same = left.isPresent() && finder.fits(left.get(), at) && finder.isStill(left.get(), at);
        long modified = same ? left.get().modifiedMillis() : 0;
        remember(at, Math.max(modified, output.generation().modifiedMillis()), finder);
        state = State.NOTHING;
        beginNext(there, finder, now);
    }

    /** Begins what came after the file that was read last, be it that it has been rotated away too in the meantime. */
    private void beginNext(Optional<FileStat> there, Finder finder, Now now) throws IOException {
        if (at != null) {
            // It may be gone, and another one, with others in between, may have been given its inode.
            Optional<FileStat> left =
                    finder.moved(path, at.key()).filter(file -> !file.path().equals(path));
            long since = left.map(file -> Math.min(file.modifiedMillis(), lastModified))
                    .orElse(NEVER);
            for (FileStat file : finder.successors(path, left, file -> isSuccessor(file, since, there))) {
                if (owner.isBeingCompressed(file, now)) {
                    if (finder.uncompressed(file).isPresent()) {
                        continue;
                    }
                    return;
                }
                Optional<Bookmark> start = owner.startOf(file, this, finder);
                if (start.isPresent()) {
                    begin(start.get(), file, older, now);
                    leaveBehind(file, now);
                    return;
                }
            }
        }
        beginAt(there, finder, now);
    }

    /** What is older than the file that was read last came before it, whether or not it is remembered to have been read. */
    private boolean isSuccessor(FileStat file, long sinceMillis, Optional<FileStat> there) {
        return !older.contains(file)
                && file.modifiedMillis() >= (file.isGzip() ? Math.max(sinceMillis, lastModified) : sinceMillis)
                && there.stream().noneMatch(active -> active.key().equals(file.key()));
    }

    private void remember(Bookmark last, long modified, Finder finder) {
        lastModified = modified;
        finished = finished.with(new Finished.Left(last, modified), key -> owner.collects(path, key, finder));
        owner.nowFinished(last, this);
    }

    private void beginAt(Optional<FileStat> there, Finder finder, Now now) throws IOException {
        if (there.isEmpty()) {
            return;
        }
        Optional<Bookmark> start = owner.startOf(there.get(), this, finder);
        if (start.isPresent()) {
            Older before = finder.older(path, file -> true);
            begin(start.get(), there.get(), before, now);
        }
    }
}
