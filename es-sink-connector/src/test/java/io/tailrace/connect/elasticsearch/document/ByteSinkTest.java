package io.tailrace.connect.elasticsearch.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ByteSinkTest {
    @Property
    void anyTextIsQuotedSoThatItReadsAsItWas(@ForAll List<String> texts) throws IOException {
        ByteSink sink = new ByteSink(16);
        for (String text : texts) {
            String whole = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
            sink.clear().quoted(whole);
            assertThat(new ObjectMapper().readTree(sink.toBytes()).textValue()).isEqualTo(whole);
            byte[] quoted = sink.toBytes();
            sink.clear().quoted(whole.getBytes(StandardCharsets.UTF_8));
            assertThat(sink.toBytes()).isEqualTo(quoted);
        }
    }

    @Test
    void whatItGaveStaysAsItIsWhenAnotherRunBegins() {
        ByteSink sink = new ByteSink(16);
        sink.ascii("0123456789abcdef");
        byte[] first = sink.toBytes();
        sink.clear().ascii("other");
        assertThat(first).asString(StandardCharsets.US_ASCII).isEqualTo("0123456789abcdef");
        assertThat(sink.toBytes()).asString(StandardCharsets.US_ASCII).isEqualTo("other");
    }
}
