package io.tailrace.connect.filetail.tail.record;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.tail.frame.Line;
import io.tailrace.connect.filetail.tail.identify.StreamOffset;
import io.tailrace.connect.filetail.tail.measure.Counts;
import io.tailrace.connect.filetail.tail.record.RecordFormat.Fact;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Makes the records of one stream. All that its lines have in common is made once: key, partition, and the one header
 * {@value #HEADER}, a JSON object, which records share.
 */
public final class RecordMaker {
    /** The header that carries what is known about a line. */
    public static final String HEADER = "tailrace";

    /** The field of a source partition. */
    public static final String PARTITION_FIELD = "stream";

    private final RecordFormat format;
    private final String topic;
    private final boolean passesThrough;
    private final LineText texts;
    private final int maxBytes;
    private final String stream;
    private final Map<String, String> partition;
    private final Schema schema;
    private final Object key;
    private final String members;
    private final ConnectHeaders headers;

    /**
     * Makes a maker.
     *
     * @param format what records look like
     * @param host where the file is
     * @param entry what the stream belongs to
     * @param path the stream's path
     * @param counts of the stream; lines that can't be decoded are counted
     */
    public RecordMaker(RecordFormat format, HostIdentity host, Entry entry, Path path, Counts counts) {
        this.format = format;
        this.topic = entry.topic();
        Charset charset = entry.encoding();
        this.passesThrough = format.bytes() && charset.equals(StandardCharsets.UTF_8);
        this.texts = new LineText(charset, counts);
        this.maxBytes = entry.maxLineBytes();
        this.stream = stream(host.id(), entry.id(), path);
        this.partition = Map.of(PARTITION_FIELD, stream);
        this.schema = format.bytes() ? Schema.BYTES_SCHEMA : Schema.STRING_SCHEMA;
        this.key = format.keyed() ? value(stream) : null;
        this.members = Metadata.members(format.facts(), host, entry, path);
        this.headers = headers(members);
    }

    /**
     * The name of a stream.
     *
     * @param hostId the host's configured id
     * @param entryId the entry's id
     * @param path of the file
     * @return what its offsets are kept under
     */
    public static String stream(String hostId, String entryId, Path path) {
        return hostId + "|" + entryId + "|" + path;
    }

    /** Something unusual about a line, as {@code log.flags} tells it. */
    public enum Flag {
        /** Nothing unusual. */
        NONE,
        /** The line was longer than the limit and has been cut. */
        TRUNCATED,
        /** The file ended without a line end. */
        UNTERMINATED
    }

    /**
     * Makes a record.
     *
     * @param line its line; copied from
     * @param flag what is unusual about it
     * @param sourceOffset where reading goes on after it
     * @param timestampMillis when it was read
     * @return the record
     */
    public SourceRecord make(Line line, Flag flag, StreamOffset sourceOffset, long timestampMillis) {
        boolean plain = flag == Flag.NONE && !format.facts().contains(Fact.LOG_OFFSET);
        String all = plain ? members : withLineMembers(line, flag, sourceOffset.generation());
        Object value = format.envelope() ? envelope(texts.of(line), all, timestampMillis) : lineValue(line);
        ConnectHeaders own = plain ? headers : headers(all);
        Schema keySchema = key == null ? null : schema;
        return new SourceRecord(
                partition, sourceOffset, topic, null, keySchema, key, schema, value, timestampMillis, own);
    }

    private Object lineValue(Line line) {
        if (passesThrough) {
            return Arrays.copyOfRange(line.buffer(), line.lineStart(), line.lineEnd());
        }
        return value(fitting(texts.of(line)));
    }

    /** What a text becomes in UTF-8 may be longer than it was in the file, and must not be more than the limit either. */
    private String fitting(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= maxBytes) {
            return text;
        }
        int end = maxBytes;
        while (end > 0 && (bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    private Object value(String text) {
        return format.bytes() ? text.getBytes(StandardCharsets.UTF_8) : text;
    }

    private Object envelope(String text, String members, long timestampMillis) {
        StringBuilder json = new StringBuilder(text.length() + members.length() + 64);
        json.append("{\"@timestamp\":\"").append(Instant.ofEpochMilli(timestampMillis));
        json.append("\",\"message\":\"");
        int message = json.length();
        JsonStringEncoder.getInstance().quoteAsString(text, json);
        int quoted = fitting(json.substring(message)).length();
        json.setLength(message + withoutPartOfEscape(json, message, quoted));
        json.append(members.isEmpty() ? "\"" : "\",").append(members).append('}');
        return value(json.toString());
    }

    /** A cut must not leave a backslash, or part of a backslash-u escape, at the end. */
    private static int withoutPartOfEscape(StringBuilder json, int from, int length) {
        int end = from + length;
        if (end == json.length()) {
            return length;
        }
        for (int i = from; i < end; i++) {
            if (json.charAt(i) == '\\') {
                int escape = json.charAt(i + 1) == 'u' ? 6 : 2;
                if (i + escape > end) {
                    return i - from;
                }
                i += escape - 1;
            }
        }
        return length;
    }

    private String withLineMembers(Line line, Flag flag, long generation) {
        StringBuilder all = new StringBuilder(members);
        if (format.facts().contains(Fact.LOG_OFFSET)) {
            separate(all).append(Metadata.strip(Map.of("log.stream", stream)));
            all.append(",\"log.generation\":").append(generation);
            all.append(",\"log.offset\":").append(line.lineOffset());
        }
        if (flag != Flag.NONE) {
            String name = flag == Flag.TRUNCATED ? "truncated" : "unterminated";
            separate(all).append("\"log.flags\":[\"").append(name).append("\"]");
        }
        return all.toString();
    }

    private static StringBuilder separate(StringBuilder members) {
        return members.length() == 0 ? members : members.append(',');
    }

    private ConnectHeaders headers(String members) {
        ConnectHeaders made = new ConnectHeaders();
        if (!format.envelope() && !members.isEmpty()) {
            made.add(HEADER, new SchemaAndValue(schema, value("{" + members + "}")));
        }
        return made;
    }
}
