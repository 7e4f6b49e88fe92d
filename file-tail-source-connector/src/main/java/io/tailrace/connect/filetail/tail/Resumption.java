package io.tailrace.connect.filetail.tail;

import io.tailrace.connect.filetail.tail.identify.Bookmark;
import io.tailrace.connect.filetail.tail.identify.FileKey;
import io.tailrace.connect.filetail.tail.identify.StreamOffset;
import io.tailrace.connect.filetail.tail.scan.FileStat;
import io.tailrace.connect.filetail.tail.scan.RotatedNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes on where an earlier task left off, in those streams of an entry of which anything is known. */
final class Resumption {
    private static final Logger LOG = LoggerFactory.getLogger(Resumption.class);

    private final EntryTail tail;
    private final Finder finder;
    private final Now now;

    Resumption(EntryTail tail, Finder finder, Now now) {
        this.tail = tail;
        this.finder = finder;
        this.now = now;
    }

    /** Where to go on, and the offset that Connect has, or null. */
    record Known(StreamOffset.Saved saved, Map<String, Object> known) {}

    /**
     * Goes on where an earlier task left off. First all files that are found by their keys, and then copies of the
     * others, since a file that is some stream's own may look like the copy of another. A copy goes to the stream that has
     * read most of it: what has a longer beginning in common is more akin. A file of which nothing had been read is known
     * by its key only, which may have been given to another since. A stream that has lost its file goes on to the next one
     * when all of them are known, lest it take one that another has read.
     */
    void all(Map<Path, Known> saved) {
        List<FileStream> begun = new ArrayList<>();
        List<FileStream> unread = new ArrayList<>();
        saved.forEach((path, known) -> {
            FileStream stream = tail.add(path);
            stream.restore(known.saved());
            stream.restoreBeginning(known.known() == null ? tail.local().begun(path) : null, known.known());
            known.saved().finished().files().forEach(left -> tail.nowFinished(left.bookmark(), stream));
            (known.saved().bookmark().position() > 0 ? begun : unread).add(stream);
        });
        begun.removeIf(stream -> attempt(
                stream, () -> resumeSame(stream, saved.get(stream.path()).saved())));
        begun.sort(Comparator.comparingLong((FileStream stream) ->
                        saved.get(stream.path()).saved().bookmark().position())
                .reversed());
        begun.removeIf(stream -> attempt(
                stream, () -> resumeCopy(stream, saved.get(stream.path()).saved())));
        unread.removeIf(stream -> attempt(
                stream, () -> resumeSame(stream, saved.get(stream.path()).saved())));
        saved.keySet().stream().flatMap(path -> tail.stream(path).stream()).forEach(tail.local()::takenOver);
        begun.addAll(unread);
        begun.forEach(stream -> lose(stream, saved.get(stream.path()).saved()));
        begun.forEach(stream -> stream.observe(finder.at(stream.path()), finder, now));
    }

    private interface Attempt {
        boolean run() throws IOException;
    }

    /**
     * Files that can't be read at present must not keep others from being found; the next scan tries again.
     *
     * @return what the attempt gave; true if it could not be made
     */
    private boolean attempt(FileStream stream, Attempt attempt) {
        try {
            return attempt.run();
        } catch (GivenUpException e) {
            if (e.isOf(stream.path())) {
                tail.couldNotResume(stream, e);
                return true;
            }
            LOG.warn("{} goes on without a file: {}", stream.path(), e.getMessage());
            return false;
        } catch (IOException e) {
            tail.couldNotResume(stream, e);
            return true;
        }
    }

    private boolean resumeSame(FileStream stream, StreamOffset.Saved saved) throws IOException {
        Path path = stream.path();
        if (!saved.known()) {
            resumeAtPosition(stream, saved, finder.at(path));
            return true;
        }
        Bookmark at = saved.bookmark();
        Optional<FileStat> same = finder.movedForSure(path, at.key())
                .filter(file -> finder.fits(file, at))
                .filter(file -> at.position() > 0 || isProbably(path, file, saved))
                .filter(file -> tail.claims().reads(file.key()).isEmpty());
        if (same.isEmpty() || !finder.matches(same.get(), at)) {
            return false;
        }
        resumeIn(stream, at, same.get());
        return true;
    }

    /**
     * If nothing was read of a file, only its name can tell whether another has been given its key, and that nobody has read
     * others that came in between.
     */
    private boolean isProbably(Path path, FileStat file, StreamOffset.Saved saved) {
        Set<FileKey> finished = saved.finished().files().stream()
                .map(left -> left.bookmark().key())
                .collect(Collectors.toSet());
        return RotatedNames.mayHaveBecome(
                        path.getFileName().toString(), file.path().getFileName().toString())
                && finder.rotatedBetween(path, saved.modifiedMillis(), file.modifiedMillis())
                        .allMatch(between -> between.key().equals(file.key()) || finished.contains(between.key()));
    }

    private boolean resumeCopy(FileStream stream, StreamOffset.Saved saved) throws IOException {
        Bookmark at = saved.bookmark();
        Optional<FileStat> copy = tail.claims().unreadCopy(stream, at, saved.modifiedMillis(), finder);
        if (copy.isPresent()) {
            stream.resumeInCopy(
                    at, copy.get(), finder.olderThan(stream.path(), copy.get().modifiedMillis()), now);
        }
        return copy.isPresent();
    }

    private void lose(FileStream stream, StreamOffset.Saved saved) {
        Path path = stream.path();
        if (!saved.isLeft()) {
            LOG.warn(
                    "The file that was {} and had been read up to byte {} can't be found any more; what it had beyond is lost",
                    path,
                    saved.bookmark().position());
        }
        stream.lose(saved, finder.olderThan(path, saved.modifiedMillis()), finder);
    }

    private void resumeIn(FileStream stream, Bookmark at, FileStat file) throws IOException {
        if (finder.at(stream.path())
                .filter(there -> there.key().equals(file.key()))
                .isPresent()) {
            stream.resume(at, file, finder.siblings(stream.path()), now);
        } else {
            stream.resumeLeftBehind(at, file, finder.olderThan(stream.path(), file.modifiedMillis()), now);
        }
        stream.skipIfDone(file, finder);
    }

    /** An operator gave no more than the position, and perhaps the generation. */
    private void resumeAtPosition(FileStream stream, StreamOffset.Saved saved, Optional<FileStat> there)
            throws IOException {
        if (there.isPresent() && tail.claims().reads(there.get().key()).isEmpty()) {
            Bookmark at = finder.nextLine(
                    there.get(), tail.entry().encoding(), saved.bookmark().position());
            stream.beginAtPosition(at, there.get(), finder.siblings(stream.path()), now);
        } else if (there.isEmpty()) {
            stream.beginLater(saved.bookmark().position());
        }
    }
}
