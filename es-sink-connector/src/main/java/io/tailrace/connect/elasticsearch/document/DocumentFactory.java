package io.tailrace.connect.elasticsearch.document;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Makes the document of a record: one line of JSON.
 *
 * <p>A value that is one complete JSON object goes through byte for byte; raw line breaks become spaces, so that no
 * value can end its line and smuggle in a bulk action. Structs and maps are written as {@code JsonConverter} writes
 * them. Anything else becomes the {@code message} of a new object, beside the record's time as {@code @timestamp};
 * bytes that aren't UTF-8 show as U+FFFD there. The members of the {@code tailrace} header join the document, except
 * those for which it has a member already: one of the same name, or a scalar where the name needs an object. So do
 * what the shape names, after them.
 *
 * <p>One instance serves one thread.
 */
public final class DocumentFactory {

    private static final String TIMESTAMP = "@timestamp";
    private static final byte[] TIMESTAMP_UTF8 = TIMESTAMP.getBytes(StandardCharsets.UTF_8);

    private final ConnectJson connectJson = new ConnectJson();
    private final MetadataHeader metadataHeader = new MetadataHeader(connectJson);
    private final JsonObjectScanner scanner = new JsonObjectScanner();
    private final JsonObjectScanner wrappedScanner = new JsonObjectScanner();
    private final UtcTimes times = new UtcTimes();
    private final ByteSink document = new ByteSink(1024);

    private final DocumentShape shape;
    private final HeaderFields headerFields;

    /**
     * A factory without any state worth naming; it remembers some headers.
     *
     * @param shape what joins documents
     */
    public DocumentFactory(DocumentShape shape) {
        this.shape = shape;
        this.headerFields = new HeaderFields(shape, connectJson);
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
        return scanner.scan(value) ? object(record, value, metadata) : wrapped(record, value, metadata);
    }

    /**
     * A member of a record's metadata header.
     *
     * @param record a record
     * @param name the member's name
     * @return its value as JSON; nothing if there is no such header, or no such member in it
     * @throws MalformedRecordException if the header is no JSON object
     */
    public Optional<byte[]> metadata(SinkRecord record, String name) {
        return metadataHeader.of(record).value(name);
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

    private byte[] object(SinkRecord record, byte[] value, Metadata metadata) {
        byte[] json = scanner.hasLineBreak() ? LineBreaks.replaced(value) : value;
        byte[] joining = joining(record, value, metadata, scanner.members());
        if (joining.length == 0) {
            return json;
        }
        ByteSink sink = document.clear();
        sink.bytes(json, scanner.openedAt(), scanner.closedAt());
        if (scanner.members().count() > 0) {
            sink.ascii(",");
        }
        sink.bytes(joining);
        sink.ascii("}");
        return sink.toBytes();
    }

    private byte[] wrapped(SinkRecord record, byte[] value, Metadata metadata) {
        byte[] text = Utf8.repaired(value);
        byte[] joining = joining(record, null, metadata, wrappedScanner.members());
        ByteSink sink = document.clear();
        sink.ascii("{");
        if (record.timestamp() != null) {
            sink.ascii("\"@timestamp\":");
            times.quoted(sink, record.timestamp());
            sink.ascii(",");
        } else if (shape.timed()) {
            throw noTime();
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

    /** All that joins a document with these members, separated by commas. */
    private byte[] joining(SinkRecord record, byte[] object, Metadata metadata, TopLevelMembers members) {
        byte[] known = metadata.missingFrom(members);
        if (!shape.hasHeaders() && (!shape.timed() || object == null)) {
            return known;
        }
        ByteSink sink = new ByteSink(known.length + 256);
        sink.bytes(known);
        if (shape.timed() && object != null && !members.exclude(TIMESTAMP_UTF8) && !metadata.has(TIMESTAMP_UTF8)) {
            join(sink, TIMESTAMP_UTF8, timestamp(record, object));
        }
        if (shape.hasHeaders()) {
            joinHeaders(sink, record, metadata, members);
        }
        return sink.toBytes();
    }

    private void joinHeaders(ByteSink sink, SinkRecord record, Metadata metadata, TopLevelMembers members) {
        FieldNames names = metadata.names();
        names.add(TIMESTAMP);
        headerFields.of(record).forEach((name, json) -> {
            byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
            if (!members.exclude(utf8) && names.add(name)) {
                join(sink, utf8, json);
            }
        });
    }

    private static void join(ByteSink sink, byte[] name, byte[] json) {
        if (sink.size() > 0) {
            sink.ascii(",");
        }
        sink.quoted(name);
        sink.ascii(":");
        sink.bytes(json);
    }

    private byte[] timestamp(SinkRecord record, byte[] object) {
        for (String field : shape.timestampFields()) {
            Optional<JsonText.Value> found = JsonText.find(object, field);
            if (found.isPresent()) {
                return timestamp(field, found.get());
            }
        }
        if (record.timestamp() == null) {
            throw noTime();
        }
        return quotedTime(record.timestamp());
    }

    /** A number is milliseconds since 1970; what a text means is for the server's mapping to say. */
    private byte[] timestamp(String field, JsonText.Value value) {
        if (!value.isInteger()) {
            byte[] text = value.text().getBytes(StandardCharsets.UTF_8);
            ByteSink sink = new ByteSink(text.length + 2);
            sink.quoted(Utf8.repaired(text));
            return sink.toBytes();
        }
        try {
            return quotedTime(Long.parseLong(value.text()));
        } catch (NumberFormatException e) {
            throw new MalformedRecordException(
                    "its field '" + field + "' is no time in milliseconds: " + value.text(), e);
        }
    }

    private static MalformedRecordException noTime() {
        return new MalformedRecordException("it has no timestamp, and its document needs one");
    }

    private byte[] quotedTime(long millis) {
        ByteSink sink = new ByteSink(32);
        times.quoted(sink, millis);
        return sink.toBytes();
    }
}
