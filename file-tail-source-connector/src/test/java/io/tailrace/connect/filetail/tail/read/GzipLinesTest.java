package io.tailrace.connect.filetail.tail.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.filetail.tail.identify.Bookmark;
import io.tailrace.connect.filetail.tail.identify.FileKey;
import io.tailrace.connect.filetail.tail.identify.Recognition;
import io.tailrace.connect.filetail.tail.read.LineReader.Step;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** Lines of a compressed file: the same as those of its text, and nothing is decompressed twice, nor much at once. */
class GzipLinesTest {
    private static final FileKey KEY = new FileKey(1, 2);
    private static final int LIMIT = 3000;
    private static final int MAX_PIECES = 12;

    /** What decompressing asks for beforehand. */
    private static final int AHEAD_BYTES = 64 * 1024;

    private static final int MAX_STEP_BYTES = 3 * AHEAD_BYTES;

    /** What a reader came to when it gave a line. */
    private record Seen(String text, long offset, boolean cut, Bookmark after) {}

    /** A stretch of a text. */
    private record Piece(boolean nuls, int length, String end) {}

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void areThoseOfTheText(
            @ForAll("texts") List<Piece> pieces,
            @ForAll @IntRange(min = 4096, max = 100_000) int capacity,
            @ForAll("limits") int limit)
            throws IOException {
        byte[] text = text(pieces);
        List<Seen> expected = new ArrayList<>();
        read(reader(plain(text), capacity, limit), () -> {}, expected);
        assertThat(readCompressed(text, capacity, limit)).isEqualTo(expected);
        for (Seen line : expected) {
            long position = line.after().position();
            assertThat(line.after()).isEqualTo(Recognition.bookmark(plain(text), KEY, position));
        }
    }

    private static LineReader reader(Content content, int capacity, int limit) {
        return new LineReader(content, new Window(capacity), StandardCharsets.UTF_8, limit, Bookmark.atBeginning(KEY));
    }

    @Example
    void areFoundBehindOneThatIsHuge() throws IOException {
        byte[] text = text(
                List.of(new Piece(false, 100_000, "\n"), new Piece(false, 8 << 20, "\n"), new Piece(false, 100, "\n")));
        List<Seen> seen = readCompressed(text, 256 << 10, LIMIT);
        assertThat(seen).hasSize(3);
        assertThat(seen.get(1).text()).hasSize(LIMIT);
        assertThat(seen.get(2).after().position()).isEqualTo(text.length);
    }

    @Example
    void areFoundBehindAHugeHoleInOne() throws IOException {
        byte[] text =
                text(List.of(new Piece(false, 1 << 20, ""), new Piece(true, 8 << 20, ""), new Piece(false, 100, "\n")));
        List<Seen> seen = readCompressed(text, 256 << 10, LIMIT);
        assertThat(seen).extracting(line -> line.text().length()).containsExactly(LIMIT, 100);
        assertThat(seen.get(0).after().position()).isEqualTo(1 << 20);
    }

    private static List<Seen> readCompressed(byte[] text, int capacity, int limit) throws IOException {
        byte[] compressed = gzip(text);
        SparseContent file = plain(compressed);
        List<Seen> seen = new ArrayList<>();
        try (GzipContent content = new GzipContent(file)) {
            long[] before = {0};
            read(
                    reader(content, capacity, limit),
                    () -> {
                        assertThat(file.bytesRead - before[0]).isLessThanOrEqualTo(MAX_STEP_BYTES);
                        before[0] = file.bytesRead;
                    },
                    seen);
        }
        assertThat(file.bytesRead).isLessThanOrEqualTo(compressed.length);
        return seen;
    }

    /** Reads to the end, and the rest. */
    private static void read(LineReader reader, Runnable afterStep, List<Seen> into) throws IOException {
        Step step = Step.MORE;
        while (step != Step.WAIT) {
            step = reader.next();
            afterStep.run();
            assertThat(step).isNotEqualTo(Step.CHANGED);
            if (step == Step.LINE) {
                into.add(seen(reader));
            }
        }
        if (reader.rest() == Step.LINE) {
            into.add(seen(reader));
        }
        afterStep.run();
    }

    private static Seen seen(LineReader reader) {
        int length = reader.lineEnd() - reader.lineStart();
        return new Seen(
                new String(reader.buffer(), reader.lineStart(), length, StandardCharsets.UTF_8),
                reader.lineOffset(),
                reader.cut(),
                reader.bookmark());
    }

    @Provide
    Arbitrary<Integer> limits() {
        return Arbitraries.of(100, 500, LIMIT);
    }

    @Provide
    Arbitrary<List<Piece>> texts() {
        Arbitrary<Integer> lengths = Arbitraries.frequencyOf(
                Tuple.of(5, Arbitraries.integers().between(0, 200)),
                Tuple.of(3, Arbitraries.integers().between(LIMIT - 3, LIMIT + 3)),
                Tuple.of(2, Arbitraries.integers().between(0, 400_000)));
        Arbitrary<Integer> holes = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 8),
                Arbitraries.integers().between(0, 2 * LIMIT),
                Arbitraries.integers().between(200_000, 400_000));
        Arbitrary<String> ends = Arbitraries.of("", "\n", "\n", "\r\n");
        return Arbitraries.frequencyOf(
                        Tuple.of(
                                2,
                                Combinators.combine(lengths, ends).as((length, end) -> new Piece(false, length, end))),
                        Tuple.of(1, Combinators.combine(holes, ends).as((length, end) -> new Piece(true, length, end))))
                .list()
                .ofMaxSize(MAX_PIECES);
    }

    private static byte[] text(List<Piece> pieces) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        Random random = new Random(1);
        for (Piece piece : pieces) {
            byte[] bytes = new byte[piece.length()];
            for (int i = 0; i < bytes.length && !piece.nuls(); i++) {
                bytes[i] = (byte) ('a' + random.nextInt(16));
            }
            text.writeBytes(bytes);
            text.writeBytes(piece.end().getBytes(StandardCharsets.UTF_8));
        }
        return text.toByteArray();
    }

    private static SparseContent plain(byte[] bytes) {
        SparseContent content = new SparseContent();
        content.write(0, bytes);
        return content;
    }

    private static byte[] gzip(byte[] text) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(all)) {
            gzip.write(text);
        }
        return all.toByteArray();
    }
}
