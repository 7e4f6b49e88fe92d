package io.tailrace.connect.filetail.tail.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.filetail.tail.frame.LineEnding;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

class LineStartsTest {
    @Property
    void theNextLineBeginsAtOrAfterThePositionAndElseTheLastOne(
            @ForAll @StringLength(max = 20) @Chars({'a', '\n', '\u0a0a', '\u0a00'}) String text,
            @ForAll @From("charsets") Charset charset)
            throws IOException {
        byte[] bytes = text.getBytes(charset);
        int[] starts = IntStream.rangeClosed(0, text.length())
                .filter(i -> i == 0 || text.charAt(i - 1) == '\n')
                .map(i -> text.substring(0, i).getBytes(charset).length)
                .toArray();
        SparseContent content = new SparseContent();
        content.write(0, bytes);
        LineStarts finder = new LineStarts(content, LineEnding.of(charset));
        for (int position = 0; position <= bytes.length; position++) {
            int at = position;
            int expected = IntStream.of(starts)
                    .filter(start -> start >= at)
                    .findFirst()
                    .orElse(starts[starts.length - 1]);
            assertThat(finder.next(position)).as("from %d", position).isEqualTo(expected);
        }
    }

    @Provide
    Arbitrary<Charset> charsets() {
        return Arbitraries.of(
                StandardCharsets.UTF_8,
                StandardCharsets.UTF_16LE,
                StandardCharsets.UTF_16BE,
                Charset.forName("UTF-32LE"),
                Charset.forName("UTF-32BE"));
    }
}
