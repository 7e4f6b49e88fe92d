package io.tailrace.connect.elasticsearch.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.connect.elasticsearch.Records;
import io.tailrace.connect.elasticsearch.document.MalformedRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.StringLength;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IndexResolverTest {

    @ParameterizedTest
    @CsvSource({
        "{topic}, web_log",
        "logs, logs",
        "{topic}-{date:yyyy.MM.dd}, web_log-2026.11.21",
        "x-{date:yyyy.MM.dd.HH}-{topic}, x-2026.11.21.10-web_log",
        "{date:yyyy}.{date:MM}, 2026.11"
    })
    void fillsTemplates(String template, String expected) {
        assertThat(resolver(template).index(text(Records.of("Web_Log", 0, "x"))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "_x",
                "-x",
                "+{topic}",
                "A",
                "a b",
                "a,b",
                "a:b",
                "a#b",
                "a*",
                "..",
                "{topic",
                "{}",
                "{Topic}",
                "{date:}-",
                "{date:yyyy/MM}",
                "{date:mm}",
                "{date:HH:mm}",
                "{date:b}",
                "{field:}",
                "}{"
            })
    void refusesTemplates(String template) {
        assertThatThrownBy(() -> IndexResolver.check(Template.parse(template, ZoneOffset.UTC)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "{field:service}-logs, shop-logs",
        "{field:host.name}, web1",
        "{field:a.b}-{field:n}, deep-7",
        "{header:tenant}-{key}, blue-k1",
    })
    void fillsInWhatTheRecordSays(String template, String expected) {
        SinkRecord record = new SinkRecord("t", 0, null, "K1", null, "x", 0);
        record.headers().addString("tenant", "Blue");
        String document = "{\"service\":\"Shop\",\"host.name\":\"web1\",\"a\":{\"b\":\"deep\"},\"n\":7,\"o\":{}}";
        RecordText text = new RecordText(record, document.getBytes(StandardCharsets.UTF_8));
        assertThat(resolver(template).index(text)).isEqualTo(expected);
        assertThatThrownBy(() -> resolver("{field:o}").index(text)).isInstanceOf(MalformedRecordException.class);
        assertThatThrownBy(() -> resolver("{field:none}").index(text)).isInstanceOf(MalformedRecordException.class);
        assertThatThrownBy(() -> resolver("{header:none}").index(text)).isInstanceOf(MalformedRecordException.class);
    }

    @Test
    void datesAreThoseOfTheZone() {
        IndexResolver kathmandu = new IndexResolver(
                Template.parse("{topic}-{date:yyyy.MM.dd.HH}", ZoneId.of("Asia/Kathmandu")), TopicNames.SAME);
        long midnight = Instant.parse("2026-11-21T18:15:00Z").toEpochMilli();
        assertThat(kathmandu.index(text(at(midnight)))).isEqualTo("t-2026.11.22.00");
        assertThat(kathmandu.index(text(at(midnight - 1)))).isEqualTo("t-2026.11.21.23");
    }

    /** Hours begin at any second somewhere. */
    @ParameterizedTest
    @CsvSource({"+01:07, 22:53:00", "-00:44:30, 00:44:30"})
    void datesOfOddZonesDependOnTheRecordAlone(String zone, String midnight) {
        IndexResolver odd = new IndexResolver(Template.parse("{date:dd}", ZoneId.of(zone)), TopicNames.SAME);
        long millis = Instant.parse("2026-11-21T" + midnight + "Z").toEpochMilli();
        String before = odd.index(text(at(millis - 1)));
        assertThat(odd.index(text(at(millis)))).isNotEqualTo(before);
    }

    @Test
    void topicsHaveOtherNames() {
        TopicNames topics = new TopicNames(Map.of("a", "target-of-a"), Pattern.compile("^prod\\.(.*)$"), "logs-$1");
        IndexResolver resolver = new IndexResolver(Template.parse("{topic}-x", ZoneOffset.UTC), topics);
        assertThat(resolver.index(text(Records.of("a", 0, "x")))).isEqualTo("target-of-a");
        assertThat(resolver.index(text(Records.of("prod.web", 0, "x")))).isEqualTo("logs-web-x");
        assertThat(resolver.index(text(Records.of("other", 0, "x")))).isEqualTo("other-x");
    }

    @Test
    void refusesTopicsThatMakeIllegalNames() {
        assertThatThrownBy(() -> resolver("{topic}").index(text(Records.of("_hidden", 0, "x"))))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessageContaining("'_hidden'")
                .hasMessageContaining("must not begin with");
    }

    @Test
    void needsATimestampOnlyForDates() {
        SinkRecord record = Records.withoutTimestamp("t", 0, "x");
        assertThat(resolver("{topic}").index(text(record))).isEqualTo("t");
        assertThatThrownBy(() -> resolver("{topic}-{date:yyyy}").index(text(record)))
                .isInstanceOf(MalformedRecordException.class);
    }

    @Property
    void theIndexDependsOnTheRecordAlone(
            @ForAll @LongRange(min = -62_135_596_800_000L, max = 253_402_300_799_000L) long first,
            @ForAll @LongRange(min = -62_135_596_800_000L, max = 253_402_300_799_000L) long second) {
        IndexResolver used = resolver("{topic}-{date:uuuu.MM.dd.HH}");
        used.index(text(at(first)));
        String name = used.index(text(at(second)));
        assertThat(name).isEqualTo(resolver("{topic}-{date:uuuu.MM.dd.HH}").index(text(at(second))));
        var time = Instant.ofEpochMilli(second).atOffset(ZoneOffset.UTC);
        assertThat(name).endsWith(".%02d.%02d".formatted(time.getDayOfMonth(), time.getHour()));
    }

    @Property
    void everyNameIsLegalOrRefused(
            @ForAll @NotEmpty @StringLength(max = 249) @CharRange(from = 'A', to = 'z') String topic) {
        try {
            String name = resolver("{topic}").index(text(Records.of(topic, 0, "x")));
            assertThat(name).matches("[a-z\\[\\]^`][a-z_\\[\\]^`]*");
        } catch (ConnectException e) {
            assertThat(e).hasMessageContaining(topic);
        }
    }

    private static RecordText text(SinkRecord record) {
        return new RecordText(record, null);
    }

    private static SinkRecord at(long timestamp) {
        return new SinkRecord("t", 0, null, null, null, "x", 0, timestamp, TimestampType.CREATE_TIME);
    }

    private static IndexResolver resolver(String template) {
        return new IndexResolver(Template.parse(template, ZoneOffset.UTC), TopicNames.SAME);
    }
}
