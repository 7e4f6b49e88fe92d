package io.tailrace.connect.filetail.tail.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.filetail.tail.identify.Bookmark;
import io.tailrace.connect.filetail.tail.identify.FileKey;
import io.tailrace.connect.filetail.tail.identify.Recognition;
import io.tailrace.connect.filetail.tail.read.LineReader.Step;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Holes, and files that were allocated in advance. */
class NulsTest {
    private static final FileKey KEY = new FileKey(1, 2);
    private static final Charset UTF_8 = StandardCharsets.UTF_8;
    private static final long GIB = 1L << 30;
    private static final long LARGE = 16L << 20;
    private static final int LIMIT = 5000;

    private static LineReader reader(Content content, Bookmark from, Charset charset) {
        return new LineReader(content, new Window(4096), charset, LIMIT, from);
    }

    private static LineReader reader(Content content) {
        return reader(content, Bookmark.atBeginning(KEY), UTF_8);
    }

    private static List<String> take(LineReader reader, Charset charset) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Step step = reader.next(); step != Step.WAIT; step = reader.next()) {
            assertThat(step).isNotEqualTo(Step.CHANGED);
            if (step == Step.LINE) {
                lines.add(text(reader, charset));
            }
        }
        return lines;
    }

    private static List<String> take(LineReader reader) throws IOException {
        return take(reader, UTF_8);
    }

    private static String text(LineReader reader, Charset charset) {
        return new String(reader.buffer(), reader.lineStart(), reader.lineEnd() - reader.lineStart(), charset);
    }

    private static void assertExact(LineReader reader, Content content) throws IOException {
        assertThat(reader.bookmark()).isEqualTo(Recognition.bookmark(content, KEY, reader.position()));
    }

    @Example
    void aHoleOfAnySizeIsPassedOver() throws IOException {
        SparseContent content = new SparseContent();
        content.write(3 * GIB, "one\ntwo\n");
        LineReader reader = new LineReader(content, new Window(1 << 20), UTF_8, LIMIT, Bookmark.atBeginning(KEY));
        assertThat(take(reader)).containsExactly("one", "two");
        assertThat(reader.position()).isEqualTo(3 * GIB + 8);
        assertExact(reader, content);
    }

    @Example
    void thePositionStaysBeforeAHoleUntilALineFollows() throws IOException {
        SparseContent content = new SparseContent();
        content.write(0, "zero\n");
        content.write(100_000, "on");
        LineReader reader = reader(content);
        assertThat(take(reader)).containsExactly("zero");
        assertThat(reader.position()).isEqualTo(5);
        content.write(100_002, "e\n");
        assertThat(take(reader(content, reader.bookmark(), UTF_8))).containsExactly("one");
        assertThat(take(reader)).containsExactly("one");
        assertThat(reader.lineOffset()).isEqualTo(100_000);
        assertExact(reader, content);
    }

    @Property
    void roomThatWasAllocatedInAdvanceIsReadAsItFills(
            @ForAll @IntRange(min = 1, max = 40_000) int room,
            @ForAll @Size(max = 6) List<@IntRange(min = 1, max = 2400) Integer> lengths,
            @ForAll @IntRange(min = 40, max = 700) int chop,
            @ForAll boolean wide)
            throws IOException {
        Charset charset = wide ? StandardCharsets.UTF_16LE : UTF_8;
        SparseContent content = new SparseContent();
        content.setSize(room * 2L);
        LineReader reader = reader(content, Bookmark.atBeginning(KEY), charset);
        StringBuilder all = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (int length : lengths) {
            expected.add(("x" + expected.size() + "y".repeat(length)));
            all.append(expected.get(expected.size() - 1)).append('\n');
        }
        byte[] bytes = all.toString().getBytes(charset);
        List<String> read = new ArrayList<>(take(reader, charset));
        for (int at = 0; at < bytes.length; at += chop) {
            content.write(at, Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + chop)));
            read.addAll(take(reader, charset));
        }
        assertThat(read).isEqualTo(expected);
        assertThat(reader.position()).isEqualTo(bytes.length);
        assertExact(reader, content);
        assertThat(reader.rest()).isEqualTo(Step.WAIT);
        assertThat(reader.position()).isEqualTo(content.size());
    }

    @Property
    void linesAmongHolesAreAllThere(
            @ForAll @Size(max = 12) List<@IntRange(max = 20_000) Integer> holes,
            @ForAll @IntRange(min = 4096, max = 9000) int capacity)
            throws IOException {
        SparseContent content = new SparseContent();
        long at = 0;
        List<String> expected = new ArrayList<>();
        for (int hole : holes) {
            expected.add("line " + expected.size());
            content.write(at + hole, expected.get(expected.size() - 1) + "\n");
            at = content.size();
        }
        LineReader reader = new LineReader(content, new Window(capacity), UTF_8, LIMIT, Bookmark.atBeginning(KEY));
        assertThat(take(reader)).isEqualTo(expected);
        assertThat(reader.position()).isEqualTo(content.size());
        assertExact(reader, content);
    }

    @Example
    void hugeUnusedRoomIsLookedThroughOnce() throws IOException {
        SparseContent content = new SparseContent();
        content.setSize(LARGE);
        LineReader reader = reader(content);
        content.write(0, "one\n");
        assertThat(take(reader)).containsExactly("one");
        content.bytesRead = 0;
        content.write(4, "tw");
        assertThat(take(reader)).isEmpty();
        content.write(6, "o\nthree\n");
        assertThat(take(reader)).containsExactly("two", "three");
        assertThat(content.bytesRead).isLessThan(100_000);
    }

    @Example
    void unusedRoomMayBeGivenBack() throws IOException {
        SparseContent content = new SparseContent();
        content.setSize(100_000);
        content.write(0, "one\ntw");
        LineReader reader = reader(content);
        assertThat(take(reader)).containsExactly("one");
        content.setSize(6);
        assertThat(take(reader)).isEmpty();
        content.write(6, "o\n");
        assertThat(take(reader)).containsExactly("two");
        content.setSize(3);
        assertThat(reader.next()).isEqualTo(Step.CHANGED);
    }

    @Example
    void aHoleInALineEndsItIfTheLineWouldBeTooLongWithIt() throws IOException {
        SparseContent content = new SparseContent();
        content.write(0, "cut by a cra");
        content.write(LARGE, "after it\n");
        LineReader reader = reader(content);
        assertThat(reader.next()).isEqualTo(Step.MORE);
        assertThat(take(reader)).containsExactly("cut by a cra", "after it");
        assertExact(reader, content);
    }

    /** Whether it is in the window as a whole or not. */
    @Property(tries = 200)
    void theLineBehindAHoleIsALineOfItsOwn(
            @ForAll @IntRange(max = 3 * LIMIT) int before,
            @ForAll @IntRange(min = LIMIT + 1, max = 4 * LIMIT) int hole,
            @ForAll @IntRange(min = 1, max = LIMIT) int after,
            @ForAll @IntRange(min = 4096, max = 100_000) int capacity,
            @ForAll boolean isEnded)
            throws IOException {
        SparseContent content = new SparseContent();
        content.write(0, "b".repeat(before));
        content.write(before + hole, "a".repeat(after) + (isEnded ? "\n" : ""));
        LineReader reader = new LineReader(content, new Window(capacity), UTF_8, LIMIT, Bookmark.atBeginning(KEY));
        List<String> lines = take(reader);
        while (reader.rest() == Step.LINE) {
            lines.add(text(reader, UTF_8));
            lines.addAll(take(reader));
        }
        List<String> expected = new ArrayList<>();
        if (before > 0) {
            expected.add("b" + Math.min(before, LIMIT));
        }
        expected.add("a" + after);
        assertThat(lines)
                .extracting(line -> line.charAt(0) + "" + line.length())
                .isEqualTo(expected);
        assertExact(reader, content);
    }

    @Example
    void whatIsLeftBeforeUnusedRoomIsTheRestOfAFile() throws IOException {
        SparseContent content = new SparseContent();
        content.write(0, "one\ntwo");
        content.setSize(50_000);
        LineReader reader = reader(content);
        assertThat(take(reader)).containsExactly("one");
        assertThat(reader.rest()).isEqualTo(Step.LINE);
        assertThat(text(reader, UTF_8)).isEqualTo("two");
        assertThat(reader.position()).isEqualTo(50_000);
        assertThat(reader.rest()).isEqualTo(Step.WAIT);
    }

    @Example
    void nulsInALineAreKept() throws IOException {
        SparseContent content = new SparseContent();
        content.write(0, "a\0b\n\0\0c\n");
        assertThat(take(reader(content))).containsExactly("a\0b", "c");
    }

    /** The first of two pages was read before the writer filled it, and the second one after. */
    @Example
    void aLineThatIsSeenBeforeItsBeginningIsReadAgain() throws IOException {
        for (String before : List.of("", "zero\n", "zero\nbegin")) {
            SparseContent content = new SparseContent();
            content.write(0, before);
            content.setSize(9000);
            LineReader reader = reader(content);
            take(reader);
            content.write(before.length(), "of a line\nnext\n");
            content.hideOnce(before.length(), 4);
            String whole = before.endsWith("begin") ? "beginof a line" : "of a line";
            assertThat(take(reader)).containsExactly(whole, "next");
        }
    }
}
