package io.tailrace.connect.filetail.tail.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.filetail.tail.read.GzipContent.Ending;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class GzipContentTest {
    @Property
    void givesTheTextAtAnyPositionInAnyOrder(
            @ForAll @IntRange(max = 400_000) int size,
            @ForAll @IntRange(min = 1, max = 3) int members,
            @ForAll long seed)
            throws IOException {
        byte[] text = text(size, seed);
        try (GzipContent content = new GzipContent(bytes(gzip(text, members)))) {
            Random random = new Random(seed);
            for (int i = 0; i < 20; i++) {
                int from = random.nextInt(size + 1);
                int length = Math.min(size - from, random.nextInt(100_000));
                assertThat(read(content, from, length)).isEqualTo(Arrays.copyOfRange(text, from, from + length));
            }
            assertThat(readOn(content, 0)).isEqualTo(text);
            assertThat(content.ending()).isEqualTo(Ending.COMPLETE);
        }
    }

    @Example
    void saysHowLongItsTextIs() throws IOException {
        try (GzipContent content = new GzipContent(bytes(gzip(text(123_456, 1), 1)))) {
            assertThat(content.statedSize()).isEqualTo(123_456);
            assertThat(GzipContent.isGzip(bytes(gzip(new byte[0], 1)))).isTrue();
            assertThat(GzipContent.isGzip(bytes(new byte[] {0x1f}))).isFalse();
            assertThat(GzipContent.isGzip(bytes(text(100, 1)))).isFalse();
        }
    }

    @Example
    void givesWhatIsThereOfOneThatIsCutOff() throws IOException {
        byte[] text = text(300_000, 7);
        byte[] whole = gzip(text, 1);
        try (GzipContent content = new GzipContent(bytes(Arrays.copyOf(whole, whole.length / 2)))) {
            byte[] some = readOn(content, 0);
            assertThat(some).hasSizeGreaterThan(100_000).isEqualTo(Arrays.copyOf(text, some.length));
            assertThat(content.ending()).isEqualTo(Ending.CUT_OFF);
            assertThat(content.isComplete()).isFalse();
        }
    }

    @Example
    void givesWhatComesBeforeDamage() throws IOException {
        byte[] text = text(300_000, 7);
        byte[] damaged = gzip(text, 1);
        Arrays.fill(damaged, damaged.length / 2, damaged.length / 2 + 1000, (byte) 0xFF);
        try (GzipContent content = new GzipContent(bytes(damaged))) {
            byte[] some = readOn(content, 0);
            assertThat(some).hasSizeGreaterThan(100_000);
            assertThat(Arrays.copyOf(some, 100_000)).isEqualTo(Arrays.copyOf(text, 100_000));
            assertThat(content.ending()).isEqualTo(Ending.DAMAGED);
        }
    }

    @Example
    void goesForwardInSteps() throws IOException {
        try (GzipContent content = new GzipContent(bytes(gzip(text(1_000_000, 3), 1)))) {
            int steps = 1;
            while (!content.forward(899_936, 900_000, 100_000)) {
                steps++;
            }
            assertThat(steps).isBetween(5, 10);
            assertThat(read(content, 899_936, 64)).isEqualTo(Arrays.copyOfRange(text(1_000_000, 3), 899_936, 900_000));
        }
    }

    private static byte[] text(int size, long seed) {
        byte[] text = new byte[size];
        new Random(seed).nextBytes(text);
        for (int i = 0; i < size; i++) {
            text[i] = (byte) ('a' + (text[i] & 15));
        }
        return text;
    }

    private static byte[] gzip(byte[] text, int members) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < members; i++) {
            GZIPOutputStream member = new GZIPOutputStream(all);
            int from = text.length / members * i;
            member.write(text, from, (i == members - 1 ? text.length : text.length / members * (i + 1)) - from);
            member.finish();
        }
        return all.toByteArray();
    }

    private static byte[] read(Content content, long from, int length) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(length);
        while (into.hasRemaining() && content.read(into, from + into.position()) >= 0) {}
        return Arrays.copyOf(into.array(), into.position());
    }

    /** As a line reader does it: looks at the size, and reads what there is. */
    private static byte[] readOn(Content content, long from) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (long at = from; content.size() > at; at = from + all.size()) {
            all.write(read(content, at, (int) (content.size() - at)));
        }
        return all.toByteArray();
    }

    private static Content bytes(byte[] bytes) {
        return new Content() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public int read(ByteBuffer into, long position) {
                int length = (int) Math.min(into.remaining(), bytes.length - position);
                if (length <= 0) {
                    return -1;
                }
                into.put(bytes, (int) position, length);
                return length;
            }

            @Override
            public void close() {}
        };
    }
}
