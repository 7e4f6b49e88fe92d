package io.tailrace.connect.filetail.tail;

import io.tailrace.connect.filetail.tail.identify.Bookmark;
import io.tailrace.connect.filetail.tail.scan.FileStat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The file that a stream is reading, or has read last: how far, where it was seen, and since when it is left behind. */
final class TailedFile {
    private static final long NEVER = Long.MIN_VALUE;

    private final Unpacking unpacking = new Unpacking();
    private State state = State.NOTHING;

    /** How far it had been read when it was last closed; null before the first file. */
    private Bookmark at;

    /** Where it was last seen, under whatever name; null if nowhere. */
    private Path seenAt;

    /** Since when the path has had another file, or none; {@link #NEVER} while the file is still followed. */
    private long leftBehindNanos = NEVER;

    /** When it was last written to, as far as a scan has seen. */
    private long modifiedMillis = NEVER;

    /** Where the file was left of which this one seems to be a copy; null if it's none. */
    private Bookmark copyOf;

    private boolean compressed;
    private long lastByteNanos;

    /** Another file is turned to. */
    void turnTo(Bookmark from, FileStat file, Now now) {
        state = State.READING;
        at = from;
        seenAt = file.path();
        leftBehindNanos = NEVER;
        modifiedMillis = NEVER;
        copyOf = null;
        compressed = file.isGzip();
        lastByteNanos = now.nanos();
        unpacking.begin();
    }

    State state() {
        return state;
    }

    boolean is(State other) {
        return state == other;
    }

    void nowIs(State next) {
        state = next;
    }

    Bookmark at() {
        return at;
    }

    /** It was closed here, or is known to have been read up to here. */
    void leftOffAt(Bookmark bookmark) {
        at = bookmark;
    }

    Path seenAt() {
        return seenAt;
    }

    void seenAt(Path path) {
        seenAt = path;
    }

    boolean isCompressed() {
        return compressed;
    }

    Unpacking unpacking() {
        return unpacking;
    }

    /** Null if it is none. */
    Bookmark copyOf() {
        return copyOf;
    }

    void nowIsCopyOf(Bookmark original) {
        copyOf = original;
    }

    boolean isLeftBehind() {
        return leftBehindNanos != NEVER;
    }

    /** The path has another file now, or none. */
    void leaveBehind(Now now) {
        leftBehindNanos = now.nanos();
    }

    /** It was left behind some time ago, and has not been written to since. */
    void leftBehind(long agoMillis, Now now) {
        leftBehindNanos = now.nanos() - TimeUnit.MILLISECONDS.toNanos(agoMillis);
        lastByteNanos = leftBehindNanos;
    }

    /** It is at its path. */
    void follow(Path path) {
        leftBehindNanos = NEVER;
        seenAt = path;
    }

    boolean isModificationKnown() {
        return modifiedMillis != NEVER;
    }

    long modifiedMillis() {
        return modifiedMillis;
    }

    void modified(long millis) {
        modifiedMillis = millis;
    }

    /** Something came. */
    void hadBytes(Now now) {
        lastByteNanos = now.nanos();
    }

    /** When something last came, on the monotonic clock. */
    long lastByteNanos() {
        return lastByteNanos;
    }

    /** For how long nothing came. */
    long idleNanos(Now now) {
        return now.nanos() - lastByteNanos;
    }

    /** When it will have been waited for long enough after it was left behind. */
    long leftNanos(Duration wait) {
        return Math.max(leftBehindNanos, lastByteNanos) + wait.toNanos();
    }
}
