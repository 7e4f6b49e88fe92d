package io.tailrace.connect.elasticsearch.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class UtcTimesTest {
    @Property
    void timesReadAsJavaWritesThem(@ForAll List<Long> times) {
        assertAllReadAsJavaWritesThem(times);
    }

    @Property
    void soDoThoseThatAreCloseTogether(@ForAll List<@LongRange(min = -3_000, max = 3_000) Long> times) {
        assertAllReadAsJavaWritesThem(times);
    }

    private static void assertAllReadAsJavaWritesThem(List<Long> times) {
        UtcTimes written = new UtcTimes();
        ByteSink sink = new ByteSink(16);
        for (long millis : times) {
            written.quoted(sink.clear(), millis);
            assertThat(new String(sink.toBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo('"' + Instant.ofEpochMilli(millis).toString() + '"');
        }
    }
}
