package io.tailrace.connect.filetail.entries;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.filetail.glob.GlobPattern;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Random values and mutations of good lists: whatever comes, the answer is entries that keep every rule, or the refusal's own
 * exception. How many is a system property; the nightly profile tries 100,000.
 */
class EntriesFuzzTest {
    private static final int VALUES = Integer.getInteger("tailrace.fuzz.values", 5_000);
    private static final long SEED = Long.getLong("tailrace.fuzz.seed", System.nanoTime());
    /** Written down here once more, so that a rule that gets lost in the reader is missed. */
    private static final Pattern TOPIC = Pattern.compile("(?!__|connect-|tailrace-agent-)[a-zA-Z0-9._-]{1,249}");

    private static final Path ALLOWED = Path.of("/var/log");

    private final HostEntries host = new HostEntries(PathPolicy.of(List.of("/var/log")), TopicPolicy.of(".*"));
    private int accepted;

    @Test
    void everyValueIsAcceptedWithinTheRulesOrRefusedWithProblems() {
        FuzzedJson fuzz = new FuzzedJson(new Random(SEED));
        for (int number = 0; number < VALUES; number++) {
            String json = fuzz.next();
            try {
                check(json);
            } catch (RuntimeException | AssertionError | StackOverflowError e) {
                throw new AssertionError("seed " + SEED + ", value " + number + ": " + json, e);
            }
        }
        // Else it would be no test of what is accepted.
        assertThat(accepted).isGreaterThan(VALUES / 50).isLessThan(VALUES);
    }

    private void check(String json) {
        try {
            List<Entry> entries = host.read(json, "fuzz");
            accepted++;
            entries.forEach(EntriesFuzzTest::keepsTheRules);
            assertThat(entries.stream().map(EntryKey::of)).doesNotHaveDuplicates();
            String written = EntriesJson.write(entries);
            assertThat(written).doesNotContain("$");
            assertThat(EntriesJson.write(EntriesJson.parse(written, "again"))).isEqualTo(written);
        } catch (InvalidEntriesException e) {
            assertThat(e.problems()).isNotEmpty().allSatisfy(problem -> {
                assertThat(problem.reason()).isNotBlank();
                assertThat(problem.toString()).hasSizeLessThan(1_500).matches("[^\\p{Cntrl}]*");
            });
            assertThat(e.getMessage()).startsWith("Entries in fuzz refused: ").doesNotContain("REDACTED", "\n");
        }
    }

    private static void keepsTheRules(Entry entry) {
        assertThat(PathPatterns.fixedPrefix(entry.path())).startsWithRaw(ALLOWED);
        assertThat(entry.path().split("/")).doesNotContain("..");
        assertThat(entry.topic()).matches(TOPIC).isNotIn(".", "..");
        assertThat(entry.id()).doesNotContain("|");
        assertThat(entry.sendRate()).isBetween(0L, 1_000_000_000L);
        assertThat(entry.sendBytes()).isBetween(0L, 1_000_000_000_000L);
        assertThat(entry.maxLineBytes()).isBetween(16, 16 << 20);
        assertThat(entry.closeIdle()).isPositive();
        entry.ignoreOlder().ifPresent(age -> assertThat(age).isPositive());
        entry.exclude().forEach(EntriesFuzzTest::isGlob);
        entry.includeLines().forEach(Pattern::compile);
        entry.excludeLines().forEach(Pattern::compile);
        entry.multiline().ifPresent(multiline -> {
            Pattern.compile(multiline.pattern());
            assertThat(multiline.maxLines()).isBetween(1, 100_000);
            assertThat(multiline.timeout()).isPositive();
        });
        assertThat(Charset.isSupported(entry.encoding().name())).isTrue();
        assertThat(entry.fields())
                .hasSizeLessThanOrEqualTo(50)
                .doesNotContainKeys("host.name", "log.offset")
                .allSatisfy((name, value) ->
                        assertThat(value).isInstanceOfAny(String.class, Long.class, Double.class, Boolean.class));
    }

    private static void isGlob(String text) {
        assertThat(GlobPattern.of(text)).isNotNull();
    }
}
