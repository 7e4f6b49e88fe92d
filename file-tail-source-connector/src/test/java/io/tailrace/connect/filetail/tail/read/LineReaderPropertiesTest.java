package io.tailrace.connect.filetail.tail.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.filetail.tail.identify.Bookmark;
import io.tailrace.connect.filetail.tail.identify.FileKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever the sizes of window, lines and growth: the lines are those of the text, and positions are exact. */
class LineReaderPropertiesTest {
    private static final FileKey KEY = new FileKey(1, 2);

    @Property
    void givesTheLinesOfAGrowingFile(
            @ForAll("texts") List<String> lines,
            @ForAll @IntRange(min = 1, max = 50) int growth,
            @ForAll @IntRange(min = 64, max = 4096) int capacity,
            @ForAll("charsets") Charset charset)
            throws IOException {
        byte[] all = text(lines).getBytes(charset);
        Growing content = new Growing(all);
        LineReader reader = reader(content, capacity, charset, 1 << 20, Bookmark.atBeginning(KEY));
        List<String> read = new ArrayList<>();
        while (content.size < all.length) {
            content.size = Math.min(all.length, content.size + growth);
            take(reader, charset, read);
        }
        assertThat(read).isEqualTo(lines);
        assertThat(reader.position()).isEqualTo(all.length);
    }

    @Property
    void goesOnFromAnyBookmark(
            @ForAll("texts") List<String> lines, @ForAll @IntRange(min = 64, max = 4096) int capacity)
            throws IOException {
        Growing content = new Growing(text(lines).getBytes(StandardCharsets.UTF_8));
        content.size = content.bytes.length;
        List<String> read = new ArrayList<>();
        LineReader reader = reader(content, capacity, StandardCharsets.UTF_8, 1 << 20, Bookmark.atBeginning(KEY));
        while (reader.next() == LineReader.Step.LINE) {
            read.add(line(reader, StandardCharsets.UTF_8));
            reader = reader(content, capacity, StandardCharsets.UTF_8, 1 << 20, reader.bookmark());
        }
        assertThat(read).isEqualTo(lines);
    }

    @Property
    void cutsOnlyLinesThatAreTooLong(
            @ForAll("texts") List<String> lines,
            @ForAll @IntRange(min = 1, max = 80) int limit,
            @ForAll @IntRange(min = 64, max = 512) int capacity)
            throws IOException {
        Growing content = new Growing(text(lines).getBytes(StandardCharsets.UTF_8));
        content.size = content.bytes.length;
        LineReader reader = reader(content, capacity, StandardCharsets.UTF_8, limit, Bookmark.atBeginning(KEY));
        List<String> read = new ArrayList<>();
        take(reader, StandardCharsets.UTF_8, read);
        assertThat(read).hasSameSizeAs(lines);
        for (int i = 0; i < lines.size(); i++) {
            byte[] whole = lines.get(i).getBytes(StandardCharsets.UTF_8);
            assertThat(lines.get(i)).startsWith(read.get(i));
            int length = read.get(i).getBytes(StandardCharsets.UTF_8).length;
            assertThat(length).isBetween(Math.min(whole.length, limit - 3), Math.min(whole.length, limit));
        }
    }

    @Property
    void noticesThatOtherBytesLieBeforeItsPosition(@ForAll("texts") List<String> lines) throws IOException {
        String head = "a first line\n";
        Growing content = new Growing((head + text(lines)).getBytes(StandardCharsets.UTF_8));
        content.size = head.length();
        LineReader reader = reader(content, 4096, StandardCharsets.UTF_8, 1 << 20, Bookmark.atBeginning(KEY));
        take(reader, StandardCharsets.UTF_8, new ArrayList<>());
        content.bytes[3]++;
        content.size = content.bytes.length;
        assertThat(reader.next()).isEqualTo(lines.isEmpty() ? LineReader.Step.WAIT : LineReader.Step.CHANGED);
        assertThat(reader.isUnchanged()).isFalse();
    }

    @Example
    void readsALineThatIsWrittenBitByBitNotAnewForEach() throws IOException {
        int length = 900_000;
        SparseContent content = new SparseContent();
        LineReader reader = reader(content, 1 << 16, StandardCharsets.UTF_8, 1 << 20, Bookmark.atBeginning(KEY));
        content.write(0, "before\n" + "x".repeat(length));
        assertThat(reader.next()).isEqualTo(LineReader.Step.LINE);
        assertThat(reader.next()).isEqualTo(LineReader.Step.WAIT);
        content.bytesRead = 0;
        for (int i = 0; i < 1000; i++) {
            content.write(content.size(), ".");
            assertThat(reader.next()).isEqualTo(LineReader.Step.WAIT);
        }
        assertThat(content.bytesRead).isLessThan(1000 * 100);
        content.write(content.size(), "\n");
        assertThat(reader.next()).isEqualTo(LineReader.Step.LINE);
        assertThat(line(reader, StandardCharsets.UTF_8)).isEqualTo("x".repeat(length) + ".".repeat(1000));
    }

    /** Lines that come just when a file is about to be left are lines of their own. */
    @Example
    void takesNoLinesForTheRestOfAFile() throws IOException {
        SparseContent content = new SparseContent();
        LineReader reader = reader(content, 4096, StandardCharsets.UTF_8, 1 << 20, Bookmark.atBeginning(KEY));
        content.write(0, "o");
        assertThat(reader.next()).isEqualTo(LineReader.Step.WAIT);
        content.write(1, "ne\ntwo\nthree");
        assertThat(reader.rest()).isEqualTo(LineReader.Step.MORE);
        List<String> lines = new ArrayList<>();
        take(reader, StandardCharsets.UTF_8, lines);
        assertThat(lines).containsExactly("one", "two");
        assertThat(reader.rest()).isEqualTo(LineReader.Step.LINE);
        assertThat(line(reader, StandardCharsets.UTF_8)).isEqualTo("three");
    }

    @Example
    void looksAnewAtALineOfWhichOtherBytesAreThere() throws IOException {
        SparseContent content = new SparseContent();
        LineReader reader = reader(content, 4096, StandardCharsets.UTF_8, 1 << 20, Bookmark.atBeginning(KEY));
        content.write(0, "x".repeat(100));
        assertThat(reader.next()).isEqualTo(LineReader.Step.WAIT);
        content.write(0, "one\n" + "y".repeat(200));
        assertThat(reader.next()).isEqualTo(LineReader.Step.LINE);
        assertThat(line(reader, StandardCharsets.UTF_8)).isEqualTo("one");
    }

    @Provide
    Arbitrary<List<String>> texts() {
        Arbitrary<String> some = Arbitraries.strings()
                .withChars('a', ' ', '\t', '\u00e4', '\u4e2d', '\u0a0a', '\u0a00')
                .ofMaxLength(120)
                .filter(line -> !line.endsWith("\r"));
        Arbitrary<String> surrogates = Arbitraries.just("x\uD83D\uDE00y");
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(9, some),
                        net.jqwik.api.Tuple.of(1, surrogates),
                        net.jqwik.api.Tuple.of(1, Arbitraries.just("long ".repeat(1000))))
                .list()
                .ofMaxSize(30);
    }

    @Provide
    Arbitrary<Charset> charsets() {
        return Arbitraries.of(
                StandardCharsets.UTF_8,
                StandardCharsets.UTF_16LE,
                StandardCharsets.UTF_16BE,
                Charset.forName("GB18030"));
    }

    private static String text(List<String> lines) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            text.append(lines.get(i)).append(i % 3 == 0 ? "\r\n" : "\n");
        }
        return text.toString();
    }

    private static LineReader reader(Content content, int capacity, Charset charset, int limit, Bookmark from) {
        return new LineReader(content, new Window(capacity), charset, limit, from);
    }

    private static void take(LineReader reader, Charset charset, List<String> into) throws IOException {
        for (LineReader.Step step = reader.next(); step != LineReader.Step.WAIT; step = reader.next()) {
            assertThat(step).isNotEqualTo(LineReader.Step.CHANGED);
            if (step == LineReader.Step.LINE) {
                into.add(line(reader, charset));
            }
        }
    }

    private static String line(LineReader reader, Charset charset) {
        return new String(reader.buffer(), reader.lineStart(), reader.lineEnd() - reader.lineStart(), charset);
    }

    /** Bytes of which only the first are there yet. */
    private static final class Growing implements Content {
        private final byte[] bytes;
        private int size;

        Growing(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public int read(ByteBuffer into, long position) {
            if (position >= size) {
                return -1;
            }
            int length = (int) Math.min(into.remaining(), size - position);
            into.put(bytes, (int) position, length);
            return length;
        }

        @Override
        public void close() throws UncheckedIOException {}
    }
}
