package io.tailrace.connect.filetail.tail.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

class FittingTest {
    @Property
    void takesAsManyCharactersAsFit(
            @ForAll @StringLength(max = 40) @Chars({'a', '\u00e4', '\u4e2d', '\ud83d', '\ude00'}) String text,
            @ForAll @IntRange(max = 60) int maxBytes) {
        int end = Fitting.text(text, 0, maxBytes);
        assertThat(bytes(text.substring(0, end))).isLessThanOrEqualTo(maxBytes);
        if (end < text.length()) {
            int next = end + Character.charCount(text.codePointAt(end));
            assertThat(bytes(text.substring(0, next))).isGreaterThan(maxBytes);
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
