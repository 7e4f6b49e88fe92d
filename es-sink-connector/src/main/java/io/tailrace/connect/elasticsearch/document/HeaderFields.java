package io.tailrace.connect.elasticsearch.document;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;

/** Headers that become members of the document. */
final class HeaderFields {

    private final DocumentShape shape;
    private final ConnectJson connectJson;

    HeaderFields(DocumentShape shape, ConnectJson connectJson) {
        this.shape = shape;
        this.connectJson = connectJson;
    }

    /** Members and their JSON; of headers of the same name the last. */
    Map<String, byte[]> of(SinkRecord record) {
        Map<String, byte[]> fields = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            String field = shape.headerFields().getOrDefault(header.key(), shape.allHeaders() ? header.key() : null);
            if (field != null && header.value() != null && !header.key().equals(MetadataHeader.NAME)) {
                fields.put(field, LineBreaks.replaced(json(record.topic(), header)));
            }
        }
        return fields;
    }

    private byte[] json(String topic, Header header) {
        Object value = header.value();
        if (value instanceof byte[] bytes) {
            return quoted(bytes);
        }
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return quoted(bytes);
        }
        if (value instanceof String text) {
            return quoted(text.getBytes(StandardCharsets.UTF_8));
        }
        return connectJson.render(topic, header.schema(), value);
    }

    private static byte[] quoted(byte[] text) {
        ByteSink sink = new ByteSink(text.length + 2);
        sink.quoted(Utf8.repaired(text));
        return sink.toBytes();
    }
}
