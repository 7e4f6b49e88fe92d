package io.tailrace.connect.elasticsearch.target;

import io.tailrace.connect.elasticsearch.document.JsonText;
import io.tailrace.connect.elasticsearch.document.MalformedRecordException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;

/** What a record and its document have to say for names, ids and the like, as text. */
public final class RecordText {

    private final SinkRecord record;
    private final byte[] document;

    /**
     * What is known of a record.
     *
     * @param record the record
     * @param document its document; null for a record without a value
     */
    public RecordText(SinkRecord record, byte[] document) {
        this.record = record;
        this.document = document;
    }

    /**
     * The record itself.
     *
     * @return the record
     */
    public SinkRecord record() {
        return record;
    }

    /**
     * The key.
     *
     * @return text, number or truth value as text; nothing if there is no key
     * @throws MalformedRecordException if the key is anything else
     */
    public Optional<String> key() {
        return text("key", record.key());
    }

    /**
     * A member of the document.
     *
     * @param path its name; one inside of another with a dot between
     * @return text, number or truth value as text; nothing if it isn't there, or is null, an object or an array
     * @throws MalformedRecordException if it is text with half a character in it
     */
    public Optional<String> field(String path) {
        return document == null
                ? Optional.empty()
                : JsonText.scalar(document, path).map(text -> whole("field '" + path + "'", text));
    }

    /**
     * A header.
     *
     * @param name its name; the last one counts
     * @return text, number or truth value as text; nothing if it isn't there, or is null
     * @throws MalformedRecordException if it is anything else
     */
    public Optional<String> header(String name) {
        Header header = record.headers().lastWithName(name);
        return header == null ? Optional.empty() : text("header '" + name + "'", header.value());
    }

    /**
     * The record's time.
     *
     * @return in Kafka; nothing if it has none
     */
    public Optional<Instant> time() {
        return Optional.ofNullable(record.timestamp()).map(Instant::ofEpochMilli);
    }

    /** JSON can escape half of a character that takes two; in UTF-8 each of them would become a question mark. */
    private static String whole(String what, String text) {
        int at = 0;
        while (at < text.length()) {
            int character = text.codePointAt(at);
            if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
                throw new MalformedRecordException("its " + what + " holds half a character at " + at);
            }
            at += Character.charCount(character);
        }
        return text;
    }

    private static Optional<String> text(String what, Object value) {
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return Optional.of(whole(what, value.toString()));
        }
        ByteBuffer bytes = value instanceof byte[] array ? ByteBuffer.wrap(array) : null;
        if (value instanceof ByteBuffer buffer) {
            bytes = buffer.duplicate();
        }
        if (bytes == null) {
            throw new MalformedRecordException("its " + what + " is neither text, nor a number: "
                    + value.getClass().getName());
        }
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (CharacterCodingException e) {
            throw new MalformedRecordException("its " + what + " isn't UTF-8", e);
        }
    }
}
