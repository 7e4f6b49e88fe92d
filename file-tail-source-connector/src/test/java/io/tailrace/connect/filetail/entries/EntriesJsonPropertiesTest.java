package io.tailrace.connect.filetail.entries;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EntriesJsonPropertiesTest {
    @Property(tries = 100)
    void whatIsWrittenIsReadBack(@ForAll("lists") List<Entry> entries) {
        List<Entry> canonical =
                entries.stream().sorted(Comparator.comparing(EntryKey::of)).toList();
        assertThat(EntriesJson.parse(EntriesJson.write(entries), "test")).isEqualTo(canonical);
    }

    @Property(tries = 50)
    void sameEntriesAreTheSameText(@ForAll("lists") List<Entry> entries) {
        List<Entry> reversed = entries.stream()
                .sorted(Comparator.comparing(EntryKey::of).reversed())
                .toList();
        assertThat(EntriesJson.write(reversed)).isEqualTo(EntriesJson.write(entries));
    }

    @Property(tries = 50)
    void connectFindsNoVariableInIt(@ForAll("lists") List<Entry> entries) {
        assertThat(EntriesJson.write(entries)).doesNotContain("$");
    }

    @Property(tries = 500)
    void anyTextIsReadOrRefusedWithItsOwnException(@ForAll("mutated") String text) {
        try {
            assertThat(EntriesJson.parse(text, "fuzz")).allSatisfy(EntriesJsonPropertiesTest::keepsTheRules);
        } catch (InvalidEntriesException e) {
            assertThat(e.problems()).isNotEmpty();
            assertThat(e.getMessage()).startsWith("Entries in fuzz refused: ").doesNotContain("\n");
        }
    }

    private static void keepsTheRules(Entry entry) {
        assertThat(entry.path()).isNotBlank();
        assertThat(EntryRules.topic(entry.topic())).isEmpty();
        assertThat(entry.sendRate()).isNotNegative();
        assertThat(entry.sendBytes()).isNotNegative();
        assertThat(entry.maxLineBytes()).isBetween(16, 16 << 20);
        assertThat(entry.closeIdle()).isPositive();
    }

    @Provide
    Arbitrary<List<Entry>> lists() {
        return EntryArbitraries.lists();
    }

    /** Valid text with pieces cut out, put in and repeated. */
    @Provide
    Arbitrary<String> mutated() {
        Arbitrary<String> pieces = Arbitraries.of(
                "",
                "\"",
                "{",
                "}",
                "[",
                "]",
                ",",
                ":",
                "null",
                "1e999",
                "-1",
                "99999999999999999999",
                "\\u0000",
                "\\ud800",
                "\"topic\"",
                "\"__x\"",
                "\"path\":\"a\",",
                "(((",
                "[a-",
                "\\",
                "\u0000",
                "true",
                "{}",
                "[[[[[[[[[[");
        return Combinators.combine(
                        lists().map(EntriesJson::write),
                        Arbitraries.doubles().between(0, 1),
                        Arbitraries.doubles().between(0, 1),
                        pieces)
                .as(EntriesJsonPropertiesTest::mutate);
    }

    private static String mutate(String text, double at, double length, String piece) {
        int from = (int) (at * text.length());
        int to = from + (int) (length * Math.min(20, text.length() - from));
        return text.substring(0, from) + piece + text.substring(to);
    }
}
