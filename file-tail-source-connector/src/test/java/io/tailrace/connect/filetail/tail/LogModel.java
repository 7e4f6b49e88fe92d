package io.tailrace.connect.filetail.tail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A writer with its rotations, a tailer, and the book that is kept of every line: which have been written, which of them
 * the tailer is excused from because nobody could have read them, and which came when.
 */
final class LogModel implements AutoCloseable {
    private static final Pattern LINE = Pattern.compile("<(\\d+) x* \\1>");

    /** The same in every file, and longer than a fingerprint. */
    private static final String HEAD = "head".repeat(300) + "\n";

    /** However little time the rest of a busy machine leaves to the thread that takes them from the kernel. */
    private static final long NEWS_TAKE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Path dir;
    private final Path log;
    private final Rig rig;
    private boolean running = true;

    private int lines;
    private String pending = "";

    /** Lines of the active file, for which a truncation or deletion excuses the tailer. */
    private final Set<Integer> active = new HashSet<>();

    private final Set<Integer> inCopies = new HashSet<>();
    private final Set<Integer> excused = new HashSet<>();
    private final Map<Integer, Integer> seen = new HashMap<>();
    private final Set<Integer> uncommitted = new HashSet<>();
    private final Set<Integer> mayRepeat = new HashSet<>();

    private final boolean oneName;
    private final boolean hearing;
    private boolean compressed;

    /** What the tailer knows now, and what it would still know after a crash. */
    private Knowledge knowledge = Knowledge.NOTHING;

    private Knowledge committed = Knowledge.NOTHING;

    /**
     * From where the tailer can find its way to what it hasn't read.
     *
     * @param ofActive it has read some of the active file, and so can recognise a copy of it
     * @param ofSome it has read some of a file that still exists, and so can find those that came after it
     */
    private record Knowledge(boolean ofActive, boolean ofSome) {
        static final Knowledge NOTHING = new Knowledge(false, false);
        static final Knowledge ALL = new Knowledge(true, true);

        Knowledge afterRotation() {
            return new Knowledge(false, ofSome);
        }
    }

    enum Action {
        APPEND,
        APPEND_LONG,
        APPEND_PART,
        POLL,
        POLL_WITHOUT_SCAN,
        DRAIN,
        RENAME,
        COPY_TRUNCATE,
        TRUNCATE,
        DELETE,
        COMPRESS,
        COMMIT,
        STOP,
        CRASH,
        KILL,
        START,
        DELETE_READ
    }

    LogModel(Path dir, String glob, Duration rotateWait, boolean hearing) {
        this.dir = dir;
        this.log = dir.resolve("app.log");
        this.oneName = !glob.contains("*");
        this.rig = new Rig(settings -> settings.rotateWait(rotateWait), Rig.entry(dir + glob));
        this.hearing = hearing;
        if (hearing) {
            rig.relyingOnWhatItHears();
        }
    }

    void perform(Action action) throws IOException {
        switch (action) {
            case APPEND -> line("");
            case APPEND_LONG -> line("x".repeat(700));
            case APPEND_PART -> part();
            case POLL -> poll(true);
            case POLL_WITHOUT_SCAN -> poll(false);
            case DRAIN -> drain();
            case RENAME -> rename();
            case COPY_TRUNCATE -> copyTruncate();
            case TRUNCATE -> truncate();
            case DELETE -> delete();
            case COMPRESS -> compress();
            case COMMIT -> commit();
            case STOP -> stop();
            case CRASH -> crash();
            case KILL -> kill();
            case START -> start();
            case DELETE_READ -> deleteRead();
        }
    }

    private void line(String filling) throws IOException {
        completePart(log);
        write(log, text(filling));
    }

    private String text(String filling) {
        active.add(lines);
        String text = "<" + lines + " " + filling + " " + lines + ">\n";
        lines++;
        return text;
    }

    private void part() throws IOException {
        completePart(log);
        String text = text("x".repeat(20));
        write(log, text.substring(0, text.length() / 2));
        pending = text.substring(text.length() / 2);
    }

    private void completePart(Path file) throws IOException {
        if (!pending.isEmpty()) {
            write(file, pending);
            pending = "";
        }
    }

    private void write(Path file, String text) throws IOException {
        if (!Files.exists(file)) {
            Files.writeString(file, HEAD, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }

    private void poll(boolean scanning) {
        if (running) {
            if (scanning) {
                rig.poll();
            } else {
                rig.pollAtOnce();
            }
            take();
        }
    }

    private void drain() {
        if (running) {
            rig.drain();
            take();
        }
    }

    private void take() {
        for (String text : rig.newLines()) {
            Matcher line = LINE.matcher(text);
            if (line.matches()) {
                int number = Integer.parseInt(line.group(1));
                seen.merge(number, 1, Integer::sum);
                uncommitted.add(number);
                if (active.contains(number)) {
                    knowledge = Knowledge.ALL;
                }
            }
        }
    }

    private void rename() throws IOException {
        if (Files.exists(log)) {
            if (oneName && !knowledge.ofSome()) {
                excuseActive();
            }
            shift();
            Files.move(log, dir.resolve("app.log.1"));
            completePart(dir.resolve("app.log.1"));
            active.clear();
            knowledge = knowledge.afterRotation();
            committed = committed.afterRotation();
        }
    }

    private void shift() throws IOException {
        int last = 1;
        while (rotated(last).isPresent()) {
            last++;
        }
        for (int i = last; i > 1; i--) {
            Path from = rotated(i - 1).orElseThrow();
            String name = from.getFileName().toString();
            Files.move(from, dir.resolve("app.log." + i + (name.endsWith(".gz") ? ".gz" : "")));
        }
    }

    private Optional<Path> rotated(int number) {
        return Stream.of("app.log." + number, "app.log." + number + ".gz")
                .map(dir::resolve)
                .filter(Files::exists)
                .findAny();
    }

    /** The newest of the rotated files that isn't compressed yet. */
    private void compress() throws IOException {
        for (int i = 1; rotated(i).isPresent(); i++) {
            Path file = rotated(i).get();
            if (!file.toString().endsWith(".gz")) {
                TailerGzipTest.gzip(file);
                compressed = true;
                excuseForgotten();
                return;
            }
        }
    }

    /** The oldest of the rotated files, if all of it has been read. */
    private void deleteRead() throws IOException {
        int last = 1;
        while (rotated(last + 1).isPresent()) {
            last++;
        }
        Optional<Path> oldest = rotated(last).filter(file -> !file.toString().endsWith(".gz"));
        if (oldest.isPresent() && isRead(oldest.get())) {
            Files.delete(oldest.get());
        }
    }

    private boolean isRead(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .allMatch(line -> seen.containsKey(Integer.valueOf(line.group(1))));
    }

    private void loseActive() {
        excuseActive();
        pending = "";
        active.clear();
        knowledge = Knowledge.NOTHING;
        committed = Knowledge.NOTHING;
    }

    private void copyTruncate() throws IOException {
        if (Files.exists(log)) {
            completePart(log);
            if (!knowledge.ofActive()) {
                excuseActive();
            }
            inCopies.addAll(active);
            shift();
            Files.copy(log, dir.resolve("app.log.1"), StandardCopyOption.COPY_ATTRIBUTES);
            empty();
            active.clear();
            knowledge = knowledge.afterRotation();
            committed = committed.afterRotation();
        }
    }

    private void truncate() throws IOException {
        if (Files.exists(log)) {
            loseActive();
            empty();
        }
    }

    private void empty() throws IOException {
        Files.writeString(log, "", StandardOpenOption.TRUNCATE_EXISTING);
    }

    private void delete() throws IOException {
        if (Files.exists(log)) {
            loseActive();
            Files.delete(log);
        }
    }

    private void excuseActive() {
        active.stream().filter(line -> !seen.containsKey(line)).forEach(excused::add);
    }

    private void commit() {
        if (running) {
            rig.commit();
            committed = knowledge;
            uncommitted.clear();
        }
    }

    private void stop() {
        if (running) {
            commit();
            rig.stop();
            running = false;
        }
    }

    private void crash() {
        if (running) {
            forget();
            rig.stop();
            running = false;
        }
    }

    private void kill() {
        if (running) {
            forget();
            rig.kill();
        }
    }

    private void forget() {
        mayRepeat.addAll(uncommitted);
        uncommitted.clear();
        knowledge = committed;
        excuseForgotten();
    }

    /**
     * After a crash what was read may be forgotten, by which alone a copy could be told. A file of which nothing was read is known by
     * its key only, and once it has been compressed, that may have been given to another.
     */
    private void excuseForgotten() {
        if (!oneName || knowledge.ofSome()) {
            return;
        }
        for (int line = 0; line < lines; line++) {
            boolean unknown = inCopies.contains(line) || (compressed && !active.contains(line));
            if (unknown && !seen.containsKey(line)) {
                excused.add(line);
            }
        }
    }

    private void start() {
        if (!running) {
            rig.crash();
            running = true;
        }
    }

    void finish() throws IOException {
        completePart(log);
        start();
        drain();
        drain();
        long end = System.nanoTime() + NEWS_TAKE_NANOS;
        while (hearing && !missing().isEmpty() && System.nanoTime() < end) {
            drain();
        }
    }

    List<Integer> missing() {
        List<Integer> missing = new ArrayList<>();
        for (int line = 0; line < lines; line++) {
            if (!seen.containsKey(line) && !excused.contains(line)) {
                missing.add(line);
            }
        }
        return missing;
    }

    List<Integer> repeated() {
        return seen.entrySet().stream()
                .filter(line -> line.getValue() > 1 && !mayRepeat.contains(line.getKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public void close() {
        rig.close();
    }
}
