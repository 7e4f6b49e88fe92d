package io.tailrace.connect.filetail.tail.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.filetail.entries.Entry.Multiline;
import io.tailrace.connect.filetail.entries.Entry.Multiline.Match;
import io.tailrace.connect.filetail.tail.frame.Line;
import io.tailrace.connect.filetail.tail.identify.FileKey;
import io.tailrace.connect.filetail.tail.identify.Finished;
import io.tailrace.connect.filetail.tail.identify.StreamOffset;
import io.tailrace.connect.filetail.tail.match.PatternCost;
import io.tailrace.connect.filetail.tail.measure.Counts;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Events are what a model makes of the list of all lines, whatever the rules and limits. */
class LineJoinerTest {
    private static final long TIMEOUT_NANOS = 1000;

    private record Text(String text, Charset charset, long lineOffset) implements Line {
        @Override
        public byte[] buffer() {
            return text.getBytes(charset);
        }

        @Override
        public int lineStart() {
            return 0;
        }

        @Override
        public int lineEnd() {
            return buffer().length;
        }
    }

    private record Joined(String text, boolean truncated, long begin, long end) {}

    @Property
    void joinsAsTheModelSays(
            @ForAll("lines") List<String> lines,
            @ForAll("patterns") String pattern,
            @ForAll boolean negate,
            @ForAll Match match,
            @ForAll @IntRange(min = 1, max = 6) int maxLines,
            @ForAll @IntRange(min = 10, max = 40) int maxBytes,
            @ForAll("charsets") Charset charset) {
        Multiline rules = new Multiline(pattern, negate, match, maxLines, Duration.ofNanos(TIMEOUT_NANOS));
        LineJoiner joiner = new LineJoiner(
                rules, charset, maxBytes, new PatternCost("the test", new Counts()), new EventRoom(1 << 20));
        List<Joined> joined = new ArrayList<>();
        long position = 0;
        for (String line : lines) {
            Text text = new Text(line, charset, position);
            position += text.lineEnd() + 1;
            if (joiner.endsBefore(text)) {
                joined.add(joined(joiner.take(), charset));
            }
            joiner.add(text, false, at(position), 0);
            if (joiner.isComplete()) {
                joined.add(joined(joiner.take(), charset));
            }
        }
        assertThat(joiner.isOverdue(TIMEOUT_NANOS - 1)).isFalse();
        assertThat(joiner.isOverdue(TIMEOUT_NANOS)).isEqualTo(joiner.isPending());
        if (joiner.isPending()) {
            joined.add(joined(joiner.take(), charset));
        }
        assertThat(joined).isEqualTo(model(lines, rules, maxBytes, charset));
    }

    /** Which lines belong together, and then what of them is left within the limits. */
    private static List<Joined> model(List<String> lines, Multiline rules, int maxBytes, Charset charset) {
        List<Joined> events = new ArrayList<>();
        long position = 0;
        for (List<String> group : groups(lines, rules)) {
            long begin = position;
            String text = group.get(0);
            int kept = 1;
            for (String line : group.subList(1, group.size())) {
                String longer = text + "\n" + line;
                if (kept == rules.maxLines() || longer.getBytes(charset).length > maxBytes) {
                    break;
                }
                text = longer;
                kept++;
            }
            for (String line : group) {
                position += line.getBytes(charset).length + 1;
            }
            events.add(new Joined(text, kept < group.size(), begin, position));
        }
        return events;
    }

    private static List<List<String>> groups(List<String> lines, Multiline rules) {
        List<List<String>> groups = new ArrayList<>();
        boolean joinNext = false;
        for (String line : lines) {
            boolean matches = line.startsWith(rules.pattern().substring(1)) != rules.negate();
            boolean joins = rules.match() == Match.AFTER ? matches && !groups.isEmpty() : joinNext;
            if (!joins) {
                groups.add(new ArrayList<>());
            }
            groups.get(groups.size() - 1).add(line);
            joinNext = matches;
        }
        return groups;
    }

    private static Joined joined(Event event, Charset charset) {
        String text = new String(event.buffer(), event.lineStart(), event.lineEnd(), charset);
        return new Joined(
                text, event.truncated(), event.lineOffset(), (long) event.end().get(StreamOffset.POSITION));
    }

    private static StreamOffset at(long position) {
        return new StreamOffset(new StreamOffset.Generation(0, new FileKey(1, 2), Finished.NONE, 0), position, 0, 0);
    }

    @Provide
    Arbitrary<List<String>> lines() {
        return Arbitraries.strings()
                .withChars(" +ab\u00e4")
                .ofMaxLength(4)
                .list()
                .ofMaxSize(20);
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.of("^ ", "^a", "^");
    }

    @Provide
    Arbitrary<Charset> charsets() {
        return Arbitraries.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.ISO_8859_1);
    }
}
