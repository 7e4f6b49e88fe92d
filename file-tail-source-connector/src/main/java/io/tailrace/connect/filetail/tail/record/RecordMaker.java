package io.tailrace.connect.filetail.tail.record;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.tail.frame.Line;
import io.tailrace.connect.filetail.tail.identify.StreamOffset;
import io.tailrace.connect.filetail.tail.measure.Count;
import io.tailrace.connect.filetail.tail.measure.Counts;
import io.tailrace.connect.filetail.tail.record.RecordFormat.Fact;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
    private final Counts counts;
    private final LineText texts;
    private final int maxBytes;
    private final Map<String, String> partition;
    private final Schema schema;
    private final Object key;
    private final boolean tellsOffset;
    private final String members;
    private final String streamMember;
    private final ConnectHeaders headers;
    private final TimeText times = new TimeText();

    /**
     * Makes a maker.
     *
     * @param format what records look like
     * @param host where the file is
     * @param entry what the stream belongs to
     * @param path the stream's path
     * @param counts of the stream; lines that can't be decoded are counted, and those that are cut here
     */
    public RecordMaker(RecordFormat format, HostIdentity host, Entry entry, Path path, Counts counts) {
        this.format = format;
        this.topic = entry.topic();
        Charset charset = entry.encoding();
        this.passesThrough = format.bytes() && !format.envelope() && charset.equals(StandardCharsets.UTF_8);
        this.counts = counts;
        this.texts = new LineText(charset, counts);
        this.maxBytes = entry.maxLineBytes();
        String stream = stream(host.id(), entry.id(), path);
        this.partition = Map.of(PARTITION_FIELD, stream);
        this.schema = format.bytes() ? Schema.BYTES_SCHEMA : Schema.STRING_SCHEMA;
        this.key = format.keyed() ? value(stream) : null;
        this.members = Metadata.members(format.facts(), host, entry, path);
        this.tellsOffset = format.facts().contains(Fact.LOG_OFFSET);
        this.streamMember = Metadata.strip(Map.of("log.stream", stream));
        this.headers = format.envelope() || members.isEmpty() ? new ConnectHeaders() : headers('{' + members + '}');
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
        /** The line was longer than the limit and has been cut. */
        TRUNCATED("truncated"),
        /** The file ended without a line end. */
        UNTERMINATED("unterminated");

        private final String id;

        Flag(String id) {
            this.id = id;
        }
    }

    /**
     * Makes a record. What a line becomes may be longer than it was in the file, in UTF-8 or with JSON's escapes, and is cut
     * at the same limit.
     *
     * @param line its line; copied from
     * @param flags what is unusual about it
     * @param sourceOffset where reading goes on after it
     * @param timestampMillis when it was read
     * @return the record
     */
    public SourceRecord make(Line line, Set<Flag> flags, StreamOffset sourceOffset, long timestampMillis) {
        return format.envelope()
                ? enveloped(line, flags, sourceOffset, timestampMillis)
                : bare(line, flags, sourceOffset, timestampMillis);
    }

    private SourceRecord bare(Line line, Set<Flag> flags, StreamOffset sourceOffset, long timestampMillis) {
        if (passesThrough) {
            byte[] bytes = Arrays.copyOfRange(line.buffer(), line.lineStart(), line.lineEnd());
            return record(bytes, headers(line, flags, sourceOffset), sourceOffset, timestampMillis);
        }
        String text = texts.of(line);
        int length = Fitting.text(text, 0, maxBytes);
        Set<Flag> all = length < text.length() ? cut(flags) : flags;
        ConnectHeaders own = headers(line, all, sourceOffset);
        return record(value(text.substring(0, length)), own, sourceOffset, timestampMillis);
    }

    private SourceRecord enveloped(Line line, Set<Flag> flags, StreamOffset sourceOffset, long timestampMillis) {
        String text = texts.of(line);
        StringBuilder json = new StringBuilder(text.length() + sizeOfMembers() + 64);
        json.append("{\"@timestamp\":\"").append(times.of(timestampMillis));
        json.append("\",\"message\":\"");
        int message = json.length();
        JsonStringEncoder.getInstance().quoteAsString(text, json);
        int end = Fitting.escaped(json, message, maxBytes);
        Set<Flag> flagged = end < json.length() ? cut(flags) : flags;
        json.setLength(end);
        json.append('"');
        if (!members.isEmpty()) {
            json.append(',').append(members);
        }
        appendOwnMembers(json, line, flagged, sourceOffset);
        json.append('}');
        return record(value(json.toString()), headers, sourceOffset, timestampMillis);
    }

    /** With that of a line that is cut here. One that was cut when it was read has been counted then. */
    private Set<Flag> cut(Set<Flag> flags) {
        if (!flags.contains(Flag.TRUNCATED)) {
            counts.one(Count.TRUNCATED_LINES);
        }
        Set<Flag> all = EnumSet.of(Flag.TRUNCATED);
        all.addAll(flags);
        return all;
    }

    private SourceRecord record(Object value, ConnectHeaders own, StreamOffset sourceOffset, long timestampMillis) {
        Schema keySchema = key == null ? null : schema;
        return new SourceRecord(
                partition, sourceOffset, topic, null, keySchema, key, schema, value, timestampMillis, own);
    }

    private Object value(String text) {
        return format.bytes() ? text.getBytes(StandardCharsets.UTF_8) : text;
    }

    /** The same object as long as there is nothing to say of this line alone. */
    private ConnectHeaders headers(Line line, Set<Flag> flags, StreamOffset sourceOffset) {
        if (flags.isEmpty() && !tellsOffset) {
            return headers;
        }
        StringBuilder json = new StringBuilder(sizeOfMembers()).append('{').append(members);
        appendOwnMembers(json, line, flags, sourceOffset);
        return headers(json.append('}').toString());
    }

    private int sizeOfMembers() {
        return members.length() + streamMember.length() + 64;
    }

    /** What there is to say of this line alone. */
    private void appendOwnMembers(StringBuilder json, Line line, Set<Flag> flags, StreamOffset sourceOffset) {
        if (tellsOffset) {
            separate(json).append(streamMember);
            json.append(",\"log.generation\":").append(sourceOffset.generation());
            json.append(",\"log.offset\":").append(line.lineOffset());
        }
        if (!flags.isEmpty()) {
            String names = flags.stream().map(flag -> '"' + flag.id + '"').collect(Collectors.joining(","));
            separate(json).append("\"log.flags\":[").append(names).append(']');
        }
    }

    private static StringBuilder separate(StringBuilder json) {
        return json.charAt(json.length() - 1) == '{' ? json : json.append(',');
    }

    private ConnectHeaders headers(String json) {
        ConnectHeaders made = new ConnectHeaders();
        made.add(HEADER, new SchemaAndValue(schema, value(json)));
        return made;
    }
}
