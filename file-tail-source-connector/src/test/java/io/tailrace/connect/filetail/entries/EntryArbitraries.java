package io.tailrace.connect.filetail.entries;

import io.tailrace.connect.filetail.entries.Entry.Multiline;
import io.tailrace.connect.filetail.entries.Entry.StartPosition;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random valid entries, their texts full of what goes wrong in JSON and in Connect. */
public final class EntryArbitraries {
    private EntryArbitraries() {}

    /** Lists without two entries of the same path and id. */
    public static Arbitrary<List<Entry>> lists() {
        return entries().list().uniqueElements(EntryKey::of).ofMaxSize(12).withoutEdgeCases();
    }

    public static Arbitrary<Entry> entries() {
        return Combinators.combine(identities(), throttles(), filters(), texts(), ages())
                .as((identity, throttle, filter, text, age) -> new Entry(
                        identity.path(),
                        identity.topic(),
                        identity.service(),
                        identity.id(),
                        throttle.lines(),
                        throttle.bytes(),
                        filter.exclude(),
                        text.start(),
                        text.charset(),
                        text.multiline(),
                        filter.include(),
                        filter.excludeLines(),
                        filter.keepEmpty(),
                        throttle.maxLineBytes(),
                        age.ignoreOlder(),
                        age.closeIdle(),
                        filter.fields()));
    }

    private record Identity(String path, String topic, String service, String id) {}

    private record Throttle(long lines, long bytes, int maxLineBytes) {}

    private record Filters(
            List<String> exclude,
            List<String> include,
            List<String> excludeLines,
            boolean keepEmpty,
            TreeMap<String, Object> fields) {}

    private record Texts(StartPosition start, Charset charset, Optional<Multiline> multiline) {}

    private record Ages(Optional<Duration> ignoreOlder, Duration closeIdle) {}

    private static Arbitrary<Identity> identities() {
        Arbitrary<String> names = strings("abc$-_.é日");
        Arbitrary<String> paths = Combinators.combine(names, Arbitraries.of("", "*", "/**/x?", "${env:HOME}", "{a,b}"))
                .as((name, end) -> "/var/log/" + name + "/a" + end + ".log");
        Arbitrary<String> topics = Arbitraries.of("a", "web_log", "a.b-c", "X9");
        return Combinators.combine(paths, topics, unicode(), strings("ab$ü ")).as(Identity::new);
    }

    private static Arbitrary<Throttle> throttles() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 1_000_000_000L),
                        Arbitraries.longs().between(0, 1_000_000_000_000L),
                        Arbitraries.integers().between(16, 16 << 20))
                .as(Throttle::new);
    }

    private static Arbitrary<Filters> filters() {
        Arbitrary<String> regexes =
                Arbitraries.of("^a", "x$", "\\d+\\s", "\"q\"", "${file:/etc/passwd:root}".replace("{", "\\{"), "é日😀");
        Arbitrary<Object> constants = Arbitraries.oneOf(
                unicode().map(text -> (Object) text),
                Arbitraries.longs().map(number -> (Object) number),
                Arbitraries.of(true, false).map(bool -> (Object) bool),
                Arbitraries.doubles().map(number -> (Object) number));
        Arbitrary<TreeMap<String, Object>> fields = Arbitraries.maps(
                        strings("ab.$é").ofMinLength(1), constants)
                .ofMaxSize(5)
                .map(TreeMap::new);
        return Combinators.combine(
                        Arbitraries.of("*.gz", "/var/log/$x*").list().ofMaxSize(2),
                        regexes.list().ofMaxSize(3),
                        regexes.list().ofMaxSize(3),
                        Arbitraries.of(true, false),
                        fields)
                .as(Filters::new);
    }

    private static Arbitrary<Texts> texts() {
        Arbitrary<Charset> charsets = Arbitraries.of("UTF-8", "GBK", "GB18030", "UTF-16LE", "UTF-16BE", "ISO-8859-1")
                .map(Charset::forName);
        Arbitrary<Multiline> multilines = Combinators.combine(
                        Arbitraries.of("^\\s", "^\\d{4}-", "$"),
                        Arbitraries.of(true, false),
                        Arbitraries.of(Multiline.Match.class),
                        Arbitraries.integers().between(1, 100_000),
                        Arbitraries.integers().between(1, 3_600_000).map(Duration::ofMillis))
                .as(Multiline::new);
        return Combinators.combine(Arbitraries.of(StartPosition.class), charsets, multilines.optional())
                .as(Texts::new);
    }

    private static Arbitrary<Ages> ages() {
        Arbitrary<Duration> ages =
                Arbitraries.longs().between(1, 100L * 86_400_000).map(Duration::ofMillis);
        return Combinators.combine(ages.optional(), ages).as(Ages::new);
    }

    private static net.jqwik.api.arbitraries.StringArbitrary strings(String characters) {
        return Arbitraries.strings().withChars(characters).ofMaxLength(8);
    }

    private static Arbitrary<String> unicode() {
        return Arbitraries.strings()
                .ofMaxLength(20)
                .filter(text -> text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE));
    }
}
