package io.tailrace.connect.filetail.tail;

import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.tail.identify.Bookmark;
import io.tailrace.connect.filetail.tail.identify.FileKey;
import io.tailrace.connect.filetail.tail.identify.Finished;
import io.tailrace.connect.filetail.tail.identify.StreamOffset;
import io.tailrace.connect.filetail.tail.local.LocalPosition;
import io.tailrace.connect.filetail.tail.measure.Count;
import io.tailrace.connect.filetail.tail.measure.StreamMeter;
import io.tailrace.connect.filetail.tail.measure.StreamProgress;
import io.tailrace.connect.filetail.tail.read.LineReader;
import io.tailrace.connect.filetail.tail.record.RecordMaker;
import io.tailrace.connect.filetail.tail.scan.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * One path of one entry: reads the file that is there, and when that is rotated away its rest, the files in between, and
 * the next one. Each of them is a generation.
 * {@link State} shows how.
 *
 * <p>{@link #read} runs in every poll and touches only the open file; {@link #observe} runs in every scan, and is where
 * the stream goes from one file to another.
 */
final class FileStream {
    private final Path path;
    private final Entry entry;
    private final EntryTail owner;
    private final StreamOutput output;
    private final Losses losses;
    private final StreamMeter meter;
    private final OpenFiles files;
    private final TailSettings settings;

    private final TailedFile current = new TailedFile();
    private final Reading reading;
    private final Generations generations = new Generations();

    /** Where an operator wants the next file at the path to be begun. */
    private long wanted;

    FileStream(Path path, EntryTail owner, OpenFiles files, TailSettings settings) {
        this.path = path;
        this.files = files;
        this.owner = owner;
        this.entry = owner.entry();
        this.meter = new StreamMeter(owner.counts().part());
        this.losses = new Losses(path, meter);
        RecordMaker records = new RecordMaker(settings.format(), settings.host(), entry, path, meter.counts());
        this.output = new StreamOutput(
                entry, owner.filter(), owner.patternCost(), owner.limit(), records, meter.counts(), files.events());
        this.settings = settings;
        this.reading = new Reading(this, current, owner, output, meter, losses, files, settings);
    }

    Path path() {
        return path;
    }

    /** The key of the file that is being read. */
    Optional<FileKey> key() {
        return current.is(State.NOTHING)
                ? Optional.empty()
                : Optional.of(current.at().key());
    }

    /** Where the file that is being read was last seen; empty if nowhere. */
    Optional<Path> seenAt() {
        return Optional.ofNullable(current.seenAt());
    }

    /** How far the file that is being read has been read. */
    Bookmark bookmark() {
        return files.reader(this).map(LineReader::bookmark).orElse(current.at());
    }

    /** How far this stream has got; empty if it has neither a file nor trouble. */
    Optional<StreamProgress> progress(Now now) {
        if (isIdle() && reading.trouble().isEmpty()) {
            return Optional.empty();
        }
        String name = RecordMaker.stream(settings.host().id(), entry.id(), path);
        long position = current.at() == null ? 0 : bookmark().position();
        return Optional.of(
                meter.progress(name, path, position, reading.trouble().reason(), now.nanos()));
    }

    Finished finished() {
        return generations.finished();
    }

    /** Whether there is a file that this stream has read to its end, or is going to leave. */
    boolean hasLeftAFile() {
        return current.isLeftBehind() || !generations.finished().files().isEmpty();
    }

    /** Whether the file that was read last was left before one of the same key was written to. */
    boolean leftBefore(FileStat file) {
        return current.is(State.NOTHING)
                && current.at() != null
                && current.at().key().equals(file.key())
                && generations.leftBefore(file);
    }

    /** Whether no file of it has been left anywhere but at its beginning. */
    boolean isNew() {
        return generations.finished().files().isEmpty()
                && (current.at() == null || current.at().position() == 0);
    }

    boolean isIdle() {
        return current.is(State.NOTHING);
    }

    /** Whether the next scan has something to do here at once. */
    boolean needsScan() {
        return current.is(State.CHANGED) || current.is(State.DONE);
    }

    /** Whether a file with a rotated name may turn out to be one that comes next here. */
    boolean mayGoOnIn(FileStat file, Finder finder) throws IOException {
        return !isIdle() && current.isLeftBehind() && !generations.older().contains(file, finder);
    }

    EntryTail owner() {
        return owner;
    }

    /** Whether there is nothing to do in {@link #observe} as long as the path has the same file. */
    boolean isSettled() {
        return current.is(State.NOTHING) || (current.is(State.READING) && !current.isLeftBehind());
    }

    /** When there is something to do in {@link #read}, on the monotonic clock; {@link Pace#NOT_DUE} if nothing. */
    long dueNanos() {
        return reading.dueNanos();
    }

    /** The file has been written to. */
    void ring(Now now) {
        if (reading.trouble().isEmpty() && !current.isCompressed()) {
            reading.pace().rung(now);
        }
    }

    /** Takes over what an earlier task knew, before the first file is begun. */
    void restore(StreamOffset.Saved saved) {
        generations.restore(saved);
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
        if (current.unpacking().isUnproved()) {
            return current.unpacking().local();
        }
        if (current.at() == null) {
            return Optional.empty();
        }
        return current.is(State.NOTHING) && !output.hasEventUnderWay()
                ? output.localOfLeft(current.at(), generations.of(current.at().key(), generations.lastModified()))
                : output.local(bookmark());
    }

    /** The file of the saved generation can't be found any more; those that came after it may. */
    void lose(StreamOffset.Saved saved, Older olderSiblings, Finder finder) {
        if (!saved.isLeft()) {
            meter.lost(0);
        }
        current.leftOffAt(saved.bookmark());
        generations.older(olderSiblings);
        remember(saved.bookmark(), saved.modifiedMillis(), finder);
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
        current.leftOffAt(original);
        output.turnTo(generations.of(original.key(), file.modifiedMillis()));
        suppose(original.in(file.key()), file, olderSiblings, now);
        leaveBehind(file, now);
        current.nowIsCopyOf(original);
    }

    /** Begins the next generation. */
    void begin(Bookmark from, FileStat file, Older olderSiblings, Now now) {
        generations.next(now);
        suppose(from, file, olderSiblings, now);
    }

    /**
     * The next file at the path is to be begun where an operator wants it, and as the generation that was given if one
     * was.
     */
    void beginLater(long position) {
        wanted = position;
    }

    /** An operator gave the position, and perhaps the generation whose lines these are. */
    void beginAtPosition(Bookmark from, FileStat file, Older olderSiblings, Now now) {
        wanted = 0;
        if (generations.isNumbered()) {
            become(from, file, olderSiblings, now);
        } else {
            begin(from, file, olderSiblings, now);
        }
    }

    private void suppose(Bookmark from, FileStat file, Older olderSiblings, Now now) {
        Bookmark before = current.at();
        Optional<LocalPosition> local = local();
        become(from, file, olderSiblings, now);
        if (current.isCompressed() && from.position() > 0) {
            current.unpacking().suppose(before, local);
        }
    }

    private void become(Bookmark from, FileStat file, Older olderSiblings, Now now) {
        current.turnTo(from, file, now);
        output.turnTo(generations.of(from.key(), file.modifiedMillis()));
        generations.older(olderSiblings);
        reading.pace().begin(now);
        meter.turnTo(from.position(), Math.max(from.position(), file.size()), now.nanos());
        owner.nowReading(from.key(), this);
    }

    private void leaveBehind(FileStat file, Now now) throws IOException {
        long ageMillis = Math.max(0, now.millis() - file.changedMillis());
        current.leftBehind(ageMillis, now);
    }

    /** There is nothing in a compressed file that has to be read, so it isn't decompressed to find that out. */
    void skip() {
        current.unpacking().skip();
        reading.pace().at(Pace.NOT_DUE);
    }

    /** Skips a compressed file that has been read to its end, and has not been written to since. */
    void skipIfDone(FileStat file, Finder finder) throws IOException {
        if (current.isCompressed()
                && file.modifiedMillis() == generations.lastModified()
                && finder.isAtEnd(file, current.at())) {
            skip();
        }
    }

    boolean isDecompressing() {
        return current.isCompressed()
                && current.is(State.READING)
                && files.content(this).isPresent();
    }

    boolean wasMistakenIn(Bookmark bookmark) {
        return current.unpacking().wasMistakenIn(bookmark);
    }

    /** {@link OpenFiles} closes the file; the bookmark tells where to go on. */
    void leave(Bookmark bookmark) {
        current.leftOffAt(bookmark);
    }

    /** The file was closed to make room. */
    void makeRoom(Bookmark bookmark) {
        leave(bookmark);
        if (current.is(State.READING) && !output.hasEventUnderWay()) {
            reading.pace().closed(current.isLeftBehind() ? current.leftNanos(settings.rotateWait()) : Pace.NOT_DUE);
        }
    }

    /** Reads lines, and tells how many bytes: {@link Reading#read}. */
    long read(Batch batch, Now now, long quantum) {
        return reading.read(batch, now, quantum);
    }

    /**
     * Looks where the files are now, and goes from one to the next.
     *
     * @param there the file at the stream's path
     */
    void observe(Optional<FileStat> there, Finder finder, Now now) {
        try {
            switch (current.state()) {
                case NOTHING -> beginNext(there, finder, now);
                case READING -> follow(there, finder, now);
                case CHANGED -> afterChange(there, finder, now);
                case DONE -> goOn(there, finder, now);
            }
        } catch (IOException e) {
            owner.becomeRestless();
            reading.fail(e, now);
        }
    }

    private void follow(Optional<FileStat> there, Finder finder, Now now) throws IOException {
        boolean still =
                there.isPresent() && there.get().key().equals(current.at().key());
        if (still && current.copyOf() == null) {
            followHere(there.get(), now);
            return;
        }
        boolean open = files.reader(this).isPresent();
        Optional<FileStat> elsewhere = open
                ? finder.moved(path, current.at().key())
                : finder.movedForSure(path, current.at().key());
        current.seenAt(elsewhere.map(FileStat::path).orElse(null));
        if (current.isCompressed()) {
            current.modified(elsewhere.map(FileStat::modifiedMillis).orElse(0L));
        } else {
            elsewhere.ifPresent(file -> meter.looked(file.size(), now.nanos()));
        }
        meter.waiting(still ? 0 : there.map(FileStat::size).orElse(0L), now.nanos());
        if (!current.isLeftBehind()) {
            current.leaveBehind(now);
            reading.pace().noticed(now);
        }
        if (current.unpacking().isComplete()) {
            current.nowIs(State.DONE);
            goOn(there, finder, now);
        } else if (!open && elsewhere.isEmpty()) {
            losses.removed(current.at().position());
            current.nowIs(State.DONE);
            goOn(there, finder, now);
        }
    }

    private void followHere(FileStat file, Now now) throws IOException {
        current.follow(path);
        if (current.isCompressed()) {
            followCompressed(file, now);
            return;
        }
        meter.looked(file.size(), now.nanos());
        if (file.modifiedMillis() == current.modifiedMillis() && !file.isFresh(now.millis())) {
            return;
        }
        current.modified(file.modifiedMillis());
        Optional<LineReader> reader = files.reader(this);
        if (reader.isPresent()) {
            // It may have been truncated and have grown to the very size that it had.
            boolean unchanged = reading.isUnchanged(reader.get());
            current.nowIs(unchanged ? State.READING : State.CHANGED);
            meter.verified(unchanged ? file.size() : 0);
        }
        if (reading.trouble().isEmpty()) {
            reading.pace().noticed(now);
        }
    }

    private void followCompressed(FileStat file, Now now) throws IOException {
        boolean changed = current.isModificationKnown() && file.modifiedMillis() != current.modifiedMillis();
        current.modified(file.modifiedMillis());
        if (changed) {
            output.modified(current.modifiedMillis());
            files.close(this);
            current.unpacking().nowComplete(false);
            reading.pace().noticed(now);
        }
    }

    /** A compressed file only began like the one that the bookmark was made in. */
    private void afterMistake(Optional<FileStat> there, Finder finder, Now now) throws IOException {
        owner.claims().notReading(current.at().key(), this);
        current.nowIs(State.NOTHING);
        Bookmark copied = current.copyOf();
        current.leftOffAt(current.unpacking().mistake(current.at()));
        if (copied != null) {
            Optional<FileStat> other = owner.claims().unreadCopy(this, copied, generations.lastModified(), finder);
            if (other.isPresent()) {
                resumeInCopy(copied, other.get(), generations.older(), now);
                return;
            }
            losses.overwritten(copied.position());
            remember(copied, generations.lastModified(), finder);
        }
        beginNext(there, finder, now);
    }

    /** The file shrank or was overwritten: reads what a copy of it has more, then the file from its beginning. */
    private void afterChange(Optional<FileStat> there, Finder finder, Now now) throws IOException {
        files.close(this);
        endEvent(now);
        if (current.isCompressed()) {
            afterMistake(there, finder, now);
            return;
        }
        Bookmark last = current.at();
        long modified = output.generation().modifiedMillis();
        generations.lastModified(modified);
        Optional<FileStat> copied = owner.claims().unreadCopy(this, last, modified, finder);
        meter.counts().one(Count.TRUNCATIONS);
        if (copied.isPresent()) {
            resumeInCopy(last, copied.get(), generations.older(), now);
            return;
        }
        losses.overwritten(last.position());
        remember(last, modified, finder);
        current.nowIs(State.NOTHING);
        if (current.isLeftBehind()) {
            beginNext(there, finder, now);
        } else if (there.isPresent()) {
            begin(Bookmark.atBeginning(there.get().key()), there.get(), generations.older(), now);
        }
    }

    /** What is under way when a file is left can't go on, and is sent before anything else is read. */
    private void endEvent(Now now) {
        output.leave();
        if (output.hasEnded()) {
            reading.pace().noticed(now);
        }
    }

    private void goOn(Optional<FileStat> there, Finder finder, Now now) throws IOException {
        files.close(this);
        endEvent(now);
        Optional<FileStat> left = finder.moved(path, current.at().key());
        boolean same =
                left.isPresent() && finder.fits(left.get(), current.at()) && finder.isStill(left.get(), current.at());
        if (current.copyOf() == null) {
            meter.counts().one(Count.ROTATIONS);
        }
        long modified = same ? left.get().modifiedMillis() : 0;
        remember(current.at(), Math.max(modified, output.generation().modifiedMillis()), finder);
        current.nowIs(State.NOTHING);
        generations.leave(now);
        beginNext(there, finder, now);
    }

    /** Begins what came after the file that was read last, be it that it has been rotated away too in the meantime. */
    private void beginNext(Optional<FileStat> there, Finder finder, Now now) throws IOException {
        if (current.at() != null) {
            // It may be gone, and another one, with others in between, may have been given its inode.
            Optional<FileStat> left = finder.moved(path, current.at().key())
                    .filter(file -> !file.path().equals(path));
            for (FileStat file :
                    finder.successors(path, left, file -> generations.isSuccessor(file, left, there, finder))) {
                if (owner.isBeingCompressed(file, now)) {
                    if (finder.uncompressed(file).isPresent()) {
                        continue;
                    }
                    return;
                }
                Optional<Bookmark> start = owner.startOf(file, this, finder);
                if (start.isPresent()) {
                    begin(start.get(), file, generations.older(), now);
                    leaveBehind(file, now);
                    return;
                }
            }
        }
        beginAt(there, finder, now);
    }

    private void remember(Bookmark last, long modified, Finder finder) {
        generations.finish(new Finished.Left(last, modified), key -> owner.collects(path, key, finder));
        owner.nowFinished(last, this);
    }

    private void beginAt(Optional<FileStat> there, Finder finder, Now now) throws IOException {
        if (there.isEmpty()) {
            return;
        }
        Optional<Bookmark> start = owner.startOf(there.get(), this, finder);
        if (start.isPresent()) {
            Older before = finder.siblings(path);
            if (wanted == 0) {
                begin(start.get(), there.get(), before, now);
            } else {
                beginAtPosition(finder.nextLine(there.get(), entry.encoding(), wanted), there.get(), before, now);
            }
        }
    }
}
