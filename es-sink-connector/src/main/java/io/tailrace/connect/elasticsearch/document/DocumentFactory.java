package io.tailrace.connect.elasticsearch.document;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Makes the document of a record: one line of JSON.
 *
 * <p>A value that is one complete JSON object goes through byte for byte; raw line breaks become spaces, so that no
 * value can end its line and smuggle in a bulk action. Structs and maps are written as {@code JsonConverter} writes
 * them. Anything else becomes the {@code message} of a new object, beside the record's time as {@code @timestamp};
 * bytes that aren't UTF-8 show as U+FFFD there. The members of the {@code tailrace} header join the document, except
 * those for which it has a member already: one of the same name, or a scalar where the name needs an object.
 *
 * <p>One instance serves one thread.
 */
public final class DocumentFactory {

    private final ConnectJson connectJson = new ConnectJson();
    private final MetadataHeader metadataHeader = new MetadataHeader(connectJson);
    private final JsonObjectScanner scanner = new JsonObjectScanner();
    private final JsonObjectScanner wrappedScanner = new JsonObjectScanner();

    /** A factory without any state worth naming; it remembers some headers. */
    public DocumentFactory() {
        wrappedScanner.scan("{\"@timestamp\":0,\"message\":0}".getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Makes a document.
     *
     * @param record a record whose value isn't null
     * @return one line of JSON, without a line break; may be the record's own array, so it must not be changed
     * @throws MalformedRecordException if there is no way to write the value or the header as JSON
     */
    public byte[] document(SinkRecord record) {
        byte[] value = valueBytes(record);
        Metadata metadata = metadataHeader.of(record);
        return scanner.scan(value) ? object(value, metadata) : wrapped(record.timestamp(), value, metadata);
    }

    private byte[] valueBytes(SinkRecord record) {
        Object value = record.value();
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        if (value instanceof String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return bytes;
        }
        return connectJson.render(record.topic(), record.valueSchema(), value);
    }

    private byte[] object(byte[] value, Metadata metadata) {
        byte[] json = scanner.hasLineBreak() ? LineBreaks.replaced(value) : value;
        byte[] joining = metadata.missingFrom(scanner.members());
        if (joining.length == 0) {
            return json;
        }
        ByteSink sink = new ByteSink(json.length + joining.length + 1);
        sink.bytes(json, scanner.openedAt(), scanner.closedAt());
        if (scanner.members().count() > 0) {
            sink.ascii(",");
        }
        sink.bytes(joining);
        sink.ascii("}");
        return sink.toBytes();
    }

    private byte[] wrapped(Long timestampMillis, byte[] value, Metadata metadata) {
        byte[] text = Utf8.repaired(value);
        byte[] joining = metadata.missingFrom(wrappedScanner.members());
        ByteSink sink = new ByteSink(text.length + joining.length + 80);
        sink.ascii("{");
        if (timestampMillis != null) {
            sink.ascii("\"@timestamp\":\"");
            sink.ascii(Instant.ofEpochMilli(timestampMillis).toString());
            sink.ascii("\",");
        }
        sink.ascii("\"message\":");
        sink.quoted(text);
        if (joining.length > 0) {
            sink.ascii(",");
            sink.bytes(joining);
        }
        sink.ascii("}");
        return sink.toBytes();
    }
}
