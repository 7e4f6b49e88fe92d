package io.tailrace.connect.elasticsearch.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.connect.elasticsearch.Records;
import io.tailrace.connect.elasticsearch.document.MalformedRecordException;
import java.time.Instant;
import java.time.ZoneOffset;
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
        assertThat(resolver(template).index(Records.of("Web_Log", 0, "x"))).isEqualTo(expected);
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
                "{field:service}",
                "}{"
            })
    void refusesTemplates(String template) {
        assertThatThrownBy(() -> IndexTemplate.parse(template)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void saysWhatIsNotSupportedYet() {
        assertThatThrownBy(() -> IndexTemplate.parse("{field:service}-x"))
                .hasMessage("placeholder '{field:service}' is not supported yet");
    }

    @Test
    void refusesTopicsThatMakeIllegalNames() {
        assertThatThrownBy(() -> resolver("{topic}").index(Records.of("_hidden", 0, "x")))
                .isInstanceOf(ConnectException.class)
                .isNotInstanceOf(MalformedRecordException.class)
                .hasMessageContaining("'_hidden'")
                .hasMessageContaining("must not begin with");
    }

    @Test
    void needsATimestampOnlyForDates() {
        SinkRecord record = Records.withoutTimestamp("t", 0, "x");
        assertThat(resolver("{topic}").index(record)).isEqualTo("t");
        assertThatThrownBy(() -> resolver("{topic}-{date:yyyy}").index(record))
                .isInstanceOf(MalformedRecordException.class);
    }

    @Property
    void theIndexDependsOnTheRecordAlone(
            @ForAll @LongRange(min = -62_135_596_800_000L, max = 253_402_300_799_000L) long first,
            @ForAll @LongRange(min = -62_135_596_800_000L, max = 253_402_300_799_000L) long second) {
        IndexResolver used = resolver("{topic}-{date:uuuu.MM.dd.HH}");
        used.index(at(first));
        String name = used.index(at(second));
        assertThat(name).isEqualTo(resolver("{topic}-{date:uuuu.MM.dd.HH}").index(at(second)));
        var time = Instant.ofEpochMilli(second).atOffset(ZoneOffset.UTC);
        assertThat(name).endsWith(".%02d.%02d".formatted(time.getDayOfMonth(), time.getHour()));
    }

    @Property
    void everyNameIsLegalOrRefused(
            @ForAll @NotEmpty @StringLength(max = 249) @CharRange(from = 'A', to = 'z') String topic) {
        try {
            String name = resolver("{topic}").index(Records.of(topic, 0, "x"));
            assertThat(name).matches("[a-z\\[\\]^`][a-z_\\[\\]^`]*");
        } catch (ConnectException e) {
            assertThat(e).hasMessageContaining(topic);
        }
    }

    private static SinkRecord at(long timestamp) {
        return new SinkRecord("t", 0, null, null, null, "x", 0, timestamp, TimestampType.CREATE_TIME);
    }

    private static IndexResolver resolver(String template) {
        return new IndexResolver(IndexTemplate.parse(template));
    }
}
