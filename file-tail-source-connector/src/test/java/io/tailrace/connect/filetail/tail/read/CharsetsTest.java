package io.tailrace.connect.filetail.tail.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.filetail.entries.EntriesJson;
import io.tailrace.connect.filetail.entries.InvalidEntriesException;
import io.tailrace.connect.filetail.tail.identify.Bookmark;
import io.tailrace.connect.filetail.tail.identify.FileKey;
import io.tailrace.connect.filetail.tail.read.LineReader.Step;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Every character set that entries may name: lines come out as they went in, to the byte, and nothing is fatal. */
class CharsetsTest {
    private static final FileKey KEY = new FileKey(1, 2);
    private static final int MAX_LINE_BYTES = 64;

    /** What the design names, and the usual ones beside them. */
    private static final Set<String> NAMED = Set.of(
            "UTF-8",
            "GBK",
            "GB18030",
            "GB2312",
            "UTF-16LE",
            "UTF-16BE",
            "UTF-32LE",
            "UTF-32BE",
            "ISO-8859-1",
            "Big5",
            "Shift_JIS",
            "EUC-JP",
            "EUC-KR",
            "windows-1250",
            "windows-1251",
            "windows-1252",
            "KOI8-R",
            "US-ASCII");

    private static final List<Charset> LEGAL = Charset.availableCharsets().values().stream()
            .filter(CharsetsTest::isLegal)
            .filter(charset -> charset.newEncoder().canEncode('a'))
            .toList();

    private static final Map<Charset, List<Integer>> CHARACTERS = new ConcurrentHashMap<>();

    private static boolean isLegal(Charset charset) {
        try {
            EntriesJson.parse(
                    "[{\"path\":\"/a\",\"topic\":\"t\",\"encoding\":\"" + charset.name() + "\"}]", "the test");
            return true;
        } catch (InvalidEntriesException e) {
            assertThat(e).hasMessageContaining("encoding").hasMessageContaining(charset.name());
            return false;
        }
    }

    /** Those that come back from it as they went in, with and without a neighbour. */
    private static List<Integer> characters(Charset charset) {
        return CHARACTERS.computeIfAbsent(charset, any -> {
            List<Integer> characters = new ArrayList<>();
            for (int c = ' '; c < 0x20000; c += c < 0x100 || c % 256 == 9 ? 1 : 7) {
                String text = new String(new int[] {c, 'x', c, c}, 0, 4);
                boolean faithful = c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE;
                if (faithful
                        && c != 0xFEFF
                        && isOne(c, charset)
                        && text.equals(new String(text.getBytes(charset), charset))) {
                    characters.add(c);
                }
            }
            return characters;
        });
    }

    /** ISCII writes some letters as another letter and a mark: two characters, between which a line may be cut. */
    private static boolean isOne(int c, Charset charset) {
        byte[] bytes = Character.toString(c).getBytes(charset);
        for (int length = 1; length < bytes.length; length++) {
            String beginning = new String(bytes, 0, length, charset);
            if (!beginning.contains("\uFFFD")
                    && beginning.chars().noneMatch(unit -> Character.isSurrogate((char) unit))) {
                return false;
            }
        }
        return true;
    }

    @Provide
    Arbitrary<Charset> legal() {
        return Arbitraries.of(LEGAL);
    }

    @Example
    void thoseOfTheDesignAreAmongThem() {
        assertThat(LEGAL.stream().map(Charset::name).collect(Collectors.toSet()))
                .containsAll(NAMED);
    }

    @Example
    void inNoneIsThereALineFeedInACharacter() {
        for (Charset charset : LEGAL) {
            StringBuilder all = new StringBuilder();
            characters(charset).forEach(all::appendCodePoint);
            assertThat(feed(all.toString().getBytes(charset), charset, 1 << 24, 1 << 24)
                            .lines())
                    .as(charset.name())
                    .isEmpty();
        }
    }

    @Property
    void linesComeOutAsTheyWentIn(
            @ForAll("legal") Charset charset,
            @ForAll @Size(max = 8) List<@IntRange(max = 40) Integer> lengths,
            @ForAll @IntRange(min = 1, max = 30) int chop,
            @ForAll long seed) {
        List<String> lines = lines(charset, lengths, seed);
        byte[] bytes = bytes(lines, charset, seed % 2 == 0);
        Fed fed = feed(bytes, charset, chop, 1 << 20);
        assertThat(fed.lines()).isEqualTo(lines);
        assertThat(fed.position()).isEqualTo(bytes.length);
    }

    @Property
    void linesAreCutBetweenCharacters(
            @ForAll("legal") Charset charset,
            @ForAll @Size(max = 8) List<@IntRange(max = 100) Integer> lengths,
            @ForAll @IntRange(min = 1, max = 5000) int chop,
            @ForAll long seed) {
        List<String> lines = lines(charset, lengths, seed);
        byte[] bytes = bytes(lines, charset, false);
        Fed fed = feed(bytes, charset, chop, MAX_LINE_BYTES);
        assertThat(fed.lines()).hasSameSizeAs(lines);
        assertThat(fed.position()).isEqualTo(bytes.length);
        for (int i = 0; i < lines.size(); i++) {
            assertThat(lines.get(i)).startsWith(fed.lines().get(i));
            int length = lines.get(i).getBytes(charset).length;
            int got = fed.lines().get(i).getBytes(charset).length;
            assertThat(got).isBetween(Math.min(length, MAX_LINE_BYTES - 4), Math.min(length, MAX_LINE_BYTES));
        }
    }

    @Property
    void whatIsNoTextIsNotFatal(
            @ForAll("legal") Charset charset,
            @ForAll @Size(max = 200) byte[] noise,
            @ForAll @IntRange(min = 1, max = 50) int chop) {
        byte[] end = "\nend\n".getBytes(charset);
        byte[] bytes = Arrays.copyOf(noise, (noise.length + 3) / 4 * 4 + end.length);
        System.arraycopy(end, 0, bytes, bytes.length - end.length, end.length);
        Fed fed = feed(bytes, charset, chop, MAX_LINE_BYTES);
        assertThat(fed.position()).isEqualTo(bytes.length);
        assertThat(fed.lines()).last().isEqualTo("end");
    }

    private static List<String> lines(Charset charset, List<Integer> lengths, long seed) {
        Random random = new Random(seed);
        List<Integer> characters = characters(charset);
        return lengths.stream()
                .map(length -> random.ints(length, 0, characters.size())
                        .mapToObj(i -> Character.toString(characters.get(i)))
                        .collect(Collectors.joining("", "a", "z")))
                .toList();
    }

    private static byte[] bytes(List<String> lines, Charset charset, boolean marked) {
        String text = lines.stream().map(line -> line + "\n").collect(Collectors.joining());
        boolean canBeMarked = marked && !lines.isEmpty() && charset.newEncoder().canEncode('\uFEFF');
        return ((canBeMarked ? "\uFEFF" : "") + text).getBytes(charset);
    }

    /** What a reader made of bytes that came little by little. */
    private record Fed(List<String> lines, long position) {}

    private static Fed feed(byte[] bytes, Charset charset, int chop, int maxLineBytes) {
        SparseContent content = new SparseContent();
        LineReader reader = new LineReader(content, new Window(4096), charset, maxLineBytes, Bookmark.atBeginning(KEY));
        List<String> lines = new ArrayList<>();
        try {
            for (int at = 0; at < bytes.length; at += chop) {
                content.write(at, Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + chop)));
                take(reader, charset, lines);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return new Fed(lines, reader.position());
    }

    private static void take(LineReader reader, Charset charset, List<String> lines) throws IOException {
        for (Step step = reader.next(); step != Step.WAIT; step = reader.next()) {
            assertThat(step).isNotEqualTo(Step.CHANGED);
            if (step == Step.LINE) {
                int length = reader.lineEnd() - reader.lineStart();
                lines.add(new String(reader.buffer(), reader.lineStart(), length, charset));
            }
        }
    }
}
