package io.tailrace.connect.elasticsearch.document;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Reads the {@code tailrace} header of records. Neighbouring records mostly come from the same stream and carry the
 * same header, so what was read is remembered, for a bounded number of headers.
 */
public final class MetadataHeader {

    /** What the header is called. */
    public static final String NAME = "tailrace";

    private static final int MAX_REMEMBERED = 256;
    private static final int MAX_REMEMBERED_BYTES = 4096;

    private final ConnectJson connectJson;
    private final JsonObjectScanner scanner = new JsonObjectScanner();
    private final Map<ByteBuffer, Metadata> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Metadata> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };
    private byte[] lastJson = new byte[0];
    private Metadata last = Metadata.NONE;

    MetadataHeader(ConnectJson connectJson) {
        this.connectJson = connectJson;
    }

    /**
     * The metadata of a record.
     *
     * @param record a record
     * @return its metadata; none if it has no such header, or an empty one
     * @throws MalformedRecordException if the header is no JSON object
     */
    Metadata of(SinkRecord record) {
        Header header = record.headers().isEmpty() ? null : record.headers().lastWithName(NAME);
        if (header == null || header.value() == null) {
            return Metadata.NONE;
        }
        byte[] json = json(record.topic(), header);
        if (json.length > MAX_REMEMBERED_BYTES) {
            return Metadata.read(json, scanner);
        }
        if (!Arrays.equals(json, lastJson)) {
            last = remembered.computeIfAbsent(ByteBuffer.wrap(json), key -> Metadata.read(json, scanner));
            lastJson = json;
        }
        return last;
    }

    private byte[] json(String topic, Header header) {
        if (header.value() instanceof byte[] bytes) {
            return bytes;
        }
        if (header.value() instanceof String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        return connectJson.render(topic, header.schema(), header.value());
    }
}
