package io.tailrace.connect.filetail.tail.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.filetail.tail.scan.RotatedNames.Scheme;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RotatedNamesTest {
    @Test
    void countsCompressedOnesDown() {
        assertThat(RotatedNames.lowerNumbers("app.log.2.gz"))
                .containsExactly("app.log.1.gz", "app.log.1", "app.log.0.gz", "app.log.0");
        assertThat(RotatedNames.lowerNumbers("app.log.2")).isEmpty();
        assertThat(RotatedNames.lowerNumbers("app.log-20261122.gz")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "app.log, app.log.1, SUFFIX",
        "app.log, app.log-20261121, SUFFIX",
        "app.log, app.log.2026-11-21T10:00:00, SUFFIX",
        "app.log, app.log.old, SUFFIX",
        "app.log, app.log.12.gz, SUFFIX",
        "app.log, app-2026-11-21.log, INFIX",
        "app.log, app.1.log, INFIX",
        "app.log, app.1.log.gz, INFIX",
        "app.log, app.log, NONE",
        "app.log, app.log.wf, NONE",
        "app.log, app.log.err, NONE",
        "app.log, app-worker.log, NONE",
        "app.log, application.log, NONE",
        "app.log, other.log.1, NONE",
        "log.00001, log.2.00001, NONE",
        "log.00001, log.00001.1, SUFFIX",
        "messages, messages-20261121, SUFFIX"
    })
    void tellsHowARotationNamesFiles(String active, String other, Scheme scheme) {
        assertThat(RotatedNames.schemeOf(active, other)).isEqualTo(scheme);
    }

    @Test
    void findsTheFormerName() {
        assertThat(RotatedNames.formerNames("app.log.1")).contains("app.log");
        assertThat(RotatedNames.formerNames("app.log-20261121.gz")).contains("app.log");
        assertThat(RotatedNames.formerNames("app-20261121.log")).contains("app.log");
        assertThat(RotatedNames.formerNames("app.log")).isEmpty();
    }

    @Test
    void tellsWhatAFileMayBeCalledLater() {
        assertThat(RotatedNames.mayHaveBecome("app.log", "app.log")).isTrue();
        assertThat(RotatedNames.mayHaveBecome("app.log", "app.log.3")).isTrue();
        assertThat(RotatedNames.mayHaveBecome("app.log.1", "app.log.2")).isTrue();
        assertThat(RotatedNames.mayHaveBecome("app.log.1", "app.log")).isFalse();
        assertThat(RotatedNames.mayHaveBecome("app.log.1", "other.log.1")).isFalse();
    }

    /** What counts the files of one day, as logback does it, counts upwards with time. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "app.log.1130 app.log.1201",
                "app.log-2026-11-21 app.log-2026-11-22",
                "app.2026-11-21.log app.2026-11-22.log",
                "app.2026-11-21.9.log app.2026-11-21.10.log app.2026-11-22.1.log",
                "app.log.10.gz app.log.9.gz app.log.1",
                "app.10.log app.9.log"
            })
    void ordersNamesByWhatTheySayOfTime(String names) {
        List<String> inOrder = List.of(names.split(" "));
        List<String> sorted = new ArrayList<>(inOrder);
        Collections.reverse(sorted);
        sorted.sort(RotatedNames.oldestFirst("app.log"));
        assertThat(sorted).isEqualTo(inOrder);
    }

    @Test
    void ordersIndexesDownwardsAndTimeStampsUpwards() {
        assertThat(Stream.of("app.log.1", "app.log.10", "app.log.2").sorted(RotatedNames.oldestFirst("app.log")))
                .containsExactly("app.log.10", "app.log.2", "app.log.1");
        assertThat(Stream.of("app.log-20261122", "app.log-20261121").sorted(RotatedNames.oldestFirst("app.log")))
                .containsExactly("app.log-20261121", "app.log-20261122");
    }

    @Property
    void areAllInTheRanges(
            @ForAll @StringLength(min = 1, max = 6) @Chars({'a', 'z', '.', '-', '_', '1'}) String active,
            @ForAll @StringLength(1) @Chars({'.', '-', '_', '~'}) String separator,
            @ForAll @StringLength(max = 8) @Chars({'0', '9', 'T', ':', '.', '-', '_', '+'}) String stamp,
            @ForAll boolean infix) {
        String between = separator + "9" + stamp;
        String stem = RotatedNames.stem(active);
        String other = infix ? stem + between + active.substring(stem.length()) : active + between;
        Assume.that(RotatedNames.schemeOf(active, other) != Scheme.NONE);
        assertThat(RotatedNames.ranges(active))
                .anyMatch(range ->
                        range.from().compareTo(other) <= 0 && range.to().compareTo(other) >= 0);
    }

    @Property
    void eachNameIsAmongThoseThatAreRotatedFromItsFormerNames(
            @ForAll @StringLength(min = 1, max = 6) @Chars({'a', 'z', '.', '-', '_', '1'}) String start,
            @ForAll @StringLength(max = 6) @Chars({'0', '9', 'T', ':', '.', '-', '_', '~', 'a'}) String middle,
            @ForAll("endings") String end) {
        String name = start + middle + end;
        Set<String> former = new TreeSet<>(RotatedNames.formerNames(name));
        former.addAll(RotatedNames.lowerNumbers(name));
        Assume.that(!former.isEmpty());
        NavigableMap<String, String> names = new TreeMap<>(Map.of(name, name));
        for (String each : former) {
            for (int known = 0; known <= each.length(); known++) {
                assertThat(RotatedNames.rotatedFrom(names, each.substring(0, known)))
                        .as("%s, that was %s, of which is known %d", name, each, known)
                        .isNotEmpty();
            }
        }
    }

    @Provide
    Arbitrary<String> endings() {
        return Arbitraries.of("", ".1", ".log", ".gz", ".2.gz", "-12.gz", ".1.log", "-20261122.log.gz", ".old");
    }

    @Test
    void fewNamesAreRotatedFromOne() {
        NavigableMap<String, String> names = new TreeMap<>();
        IntStream.range(0, 1_000).mapToObj(number -> "app" + number + ".log").forEach(name -> names.put(name, name));
        assertThat(RotatedNames.rotatedFrom(names, "web.log")).isEmpty();
        assertThat(RotatedNames.rotatedFrom(names, "app7.log")).hasSize(111);
        assertThat(RotatedNames.rotatedFrom(names, "app77-1.log")).isEmpty();
        assertThat(RotatedNames.rotatedFrom(names, "")).hasSize(1_000);
    }

    @Test
    void findsFewAmongThousandsOfNamesThatBeginAlike() {
        for (String pattern : List.of("log.0000%d", "log.host%d", "app-0000%d.log")) {
            String other = pattern.formatted(2);
            assertThat(RotatedNames.ranges(pattern.formatted(1)))
                    .noneMatch(range ->
                            range.from().compareTo(other) <= 0 && range.to().compareTo(other) >= 0);
        }
    }
}
