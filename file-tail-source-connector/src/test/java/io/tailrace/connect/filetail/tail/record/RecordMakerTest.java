package io.tailrace.connect.filetail.tail.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailrace.connect.filetail.entries.EntriesJson;
import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.tail.frame.Line;
import io.tailrace.connect.filetail.tail.identify.FileKey;
import io.tailrace.connect.filetail.tail.identify.Finished;
import io.tailrace.connect.filetail.tail.identify.StreamOffset;
import io.tailrace.connect.filetail.tail.measure.Count;
import io.tailrace.connect.filetail.tail.measure.Counts;
import io.tailrace.connect.filetail.tail.record.RecordFormat.Fact;
import io.tailrace.connect.filetail.tail.record.RecordMaker.Flag;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class RecordMakerTest {
    private static final int MAX_BYTES = 64;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HostIdentity HOST = new HostIdentity("h1", "web1", List.of("10.0.0.1"));
    private static final StreamOffset OFFSET =
            new StreamOffset(new StreamOffset.Generation(3, new FileKey(1, 2), Finished.NONE, 0), 10, 0, 0);

    private record Text(String text, Charset charset) implements Line {
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

        @Override
        public long lineOffset() {
            return 5;
        }
    }

    private static SourceRecord make(RecordFormat format, String text, Charset charset) {
        return maker(format, charset, new Counts()).make(new Text(text, charset), Set.of(), OFFSET, 1000);
    }

    private static RecordMaker maker(RecordFormat format, Charset charset, Counts counts) {
        String json = "[{\"path\":\"/logs/a.log\",\"topic\":\"t\",\"service\":\"shop\",\"id\":\"x\",\"encoding\":\""
                + charset.name() + "\",\"max_line_bytes\":" + MAX_BYTES + ",\"fields\":{\"env\":\"prod\"}}]";
        Entry entry = EntriesJson.parse(json, "the test").get(0);
        return new RecordMaker(format, HOST, entry, Path.of("/logs/a.log"), counts);
    }

    @Test
    void theHeaderSaysWhatIsKnown() {
        RecordFormat format = new RecordFormat(false, true, true, EnumSet.allOf(Fact.class));
        SourceRecord record = make(format, "a line", StandardCharsets.UTF_8);
        assertThat((byte[]) record.value()).isEqualTo("a line".getBytes(StandardCharsets.UTF_8));
        assertThat((byte[]) record.key()).isEqualTo("h1|x|/logs/a.log".getBytes(StandardCharsets.UTF_8));
        assertThat(record.timestamp()).isEqualTo(1000);
        assertThat(new String((byte[]) record.headers().lastWithName("tailrace").value(), StandardCharsets.UTF_8))
                .isEqualTo("{\"host.name\":\"web1\",\"host.ip\":[\"10.0.0.1\"],\"log.file.path\":\"/logs/a.log\","
                        + "\"service.name\":\"shop\",\"env\":\"prod\",\"log.stream\":\"h1|x|/logs/a.log\","
                        + "\"log.generation\":3,\"log.offset\":5}");
    }

    @Test
    void eachFactCanBeSwitchedOnAlone() throws IOException {
        Map<Fact, String> expected = Map.of(
                Fact.HOST_NAME, "{\"host.name\":\"web1\"}",
                Fact.HOST_IP, "{\"host.ip\":[\"10.0.0.1\"]}",
                Fact.LOG_FILE_PATH, "{\"log.file.path\":\"/logs/a.log\"}",
                Fact.SERVICE_NAME, "{\"service.name\":\"shop\"}",
                Fact.FIELDS, "{\"env\":\"prod\"}",
                Fact.LOG_OFFSET, "{\"log.stream\":\"h1|x|/logs/a.log\",\"log.generation\":3,\"log.offset\":5}");
        assertThat(expected).containsOnlyKeys(Fact.values());
        for (Fact fact : Fact.values()) {
            SourceRecord record = make(new RecordFormat(false, false, true, Set.of(fact)), "x", StandardCharsets.UTF_8);
            assertThat(record.headers())
                    .singleElement()
                    .satisfies(header -> assertThat(header.value()).isEqualTo(expected.get(fact)));
            SourceRecord whole = make(new RecordFormat(true, false, true, Set.of(fact)), "x", StandardCharsets.UTF_8);
            assertThat(whole.headers()).isEmpty();
            assertThat((String) whole.value())
                    .isEqualTo("{\"@timestamp\":\"1970-01-01T00:00:01Z\",\"message\":\"x\","
                            + expected.get(fact).substring(1));
        }
    }

    @Test
    void withoutFactsAndKeyThereIsTheLineAlone() {
        SourceRecord record = make(new RecordFormat(false, false, false, Set.of()), "a line", StandardCharsets.UTF_8);
        assertThat(record.value()).isEqualTo("a line");
        assertThat(record.key()).isNull();
        assertThat(record.headers()).isEmpty();
    }

    @Property
    void anEnvelopeIsAlwaysJsonAndNeverTooLong(
            @ForAll @StringLength(max = 200) @Chars({'"', '\\', '\u0001', 'a', '\u00e4', '\u4e2d', '\n'}) String text)
            throws IOException {
        RecordFormat format = new RecordFormat(true, false, false, Set.of(Fact.SERVICE_NAME));
        JsonNode json = JSON.readTree(
                (String) make(format, text, StandardCharsets.UTF_8).value());
        assertThat(text).startsWith(json.get("message").textValue());
        assertThat(json.get("service.name").textValue()).isEqualTo("shop");
        assertThat(json.toString().getBytes(StandardCharsets.UTF_8).length).isLessThan(MAX_BYTES + 150);
        assertThat(isFlagged(json)).isEqualTo(!json.get("message").textValue().equals(text));
    }

    @Property
    void aTextThatGrowsInUtf8IsCutToTheLimit(
            @ForAll @StringLength(max = 64) @CharRange(from = ' ', to = '\u00ff') String text) throws IOException {
        RecordFormat format = new RecordFormat(false, true, false, Set.of(Fact.SERVICE_NAME));
        SourceRecord record = make(format, text, StandardCharsets.ISO_8859_1);
        byte[] value = (byte[]) record.value();
        String made = new String(value, StandardCharsets.UTF_8);
        assertThat(value.length).isLessThanOrEqualTo(MAX_BYTES);
        assertThat(text).startsWith(made);
        assertThat(text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES).isEqualTo(made.length() < text.length());
        JsonNode header =
                JSON.readTree((byte[]) record.headers().lastWithName("tailrace").value());
        assertThat(isFlagged(header)).isEqualTo(made.length() < text.length());
    }

    private static boolean isFlagged(JsonNode metadata) {
        return metadata.path("log.flags").toString().equals("[\"truncated\"]");
    }

    @Test
    void countsOnceWhatIsCutToFit() {
        RecordFormat format = new RecordFormat(false, false, false, Set.of());
        Counts counts = new Counts();
        RecordMaker maker = maker(format, StandardCharsets.ISO_8859_1, counts);
        Text text = new Text("\u00e4".repeat(40), StandardCharsets.ISO_8859_1);
        maker.make(text, Set.of(), OFFSET, 1000);
        assertThat(counts.tally().get(Count.TRUNCATED_LINES)).isEqualTo(1);
        maker.make(text, Set.of(Flag.TRUNCATED), OFFSET, 1000);
        assertThat(counts.tally().get(Count.TRUNCATED_LINES)).isEqualTo(1);
        assertThat(maker.make(text, Set.of(Flag.UNTERMINATED), OFFSET, 1000).headers())
                .singleElement()
                .satisfies(header ->
                        assertThat(header.value()).isEqualTo("{\"log.flags\":[\"truncated\",\"unterminated\"]}"));
    }
}
