package io.tailrace.connect.filetail.entries;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import io.tailrace.connect.filetail.entries.Entry.Multiline;
import io.tailrace.connect.filetail.entries.Entry.StartPosition;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes entries as JSON: fields in the order of {@link EntryField}, defaults left out. */
final class EntriesWriter {
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator out;

    private EntriesWriter(JsonGenerator out) {
        this.out = out;
    }

    static void write(List<Entry> entries, Writer writer) throws IOException {
        try (JsonGenerator out = JSON.createGenerator(writer)) {
            out.setCharacterEscapes(new DollarEscapes());
            out.writeStartArray();
            for (Entry entry : entries) {
                new EntriesWriter(out).write(entry);
            }
            out.writeEndArray();
        }
    }

    private void write(Entry entry) throws IOException {
        out.writeStartObject();
        out.writeStringField("log_path", entry.path());
        out.writeStringField("topic", entry.topic());
        text("service", entry.service(), "");
        number("send_rate", entry.sendRate(), 0);
        number("send_bytes", entry.sendBytes(), 0);
        text("id", entry.id(), "");
        texts("exclude", entry.exclude());
        text("start_position", entry.startPosition() == StartPosition.END ? "end" : "", "");
        text("encoding", entry.encoding().name(), StandardCharsets.UTF_8.name());
        if (entry.multiline().isPresent()) {
            multiline(entry.multiline().get());
        }
        texts("include_lines", entry.includeLines());
        texts("exclude_lines", entry.excludeLines());
        if (entry.keepEmptyLines()) {
            out.writeBooleanField("keep_empty_lines", true);
        }
        number("max_line_bytes", entry.maxLineBytes(), Entry.DEFAULT_MAX_LINE_BYTES);
        text("ignore_older", entry.ignoreOlder().map(Durations::format).orElse(""), "");
        text("close_idle", Durations.format(entry.closeIdle()), Durations.format(Entry.DEFAULT_CLOSE_IDLE));
        fields(entry.fields());
        out.writeEndObject();
    }

    private void multiline(Multiline multiline) throws IOException {
        out.writeObjectFieldStart("multiline");
        out.writeStringField("pattern", multiline.pattern());
        if (multiline.negate()) {
            out.writeBooleanField("negate", true);
        }
        text("match", multiline.match() == Multiline.Match.BEFORE ? "before" : "", "");
        number("max_lines", multiline.maxLines(), EntryParser.DEFAULT_MAX_LINES);
        number("timeout_ms", multiline.timeout().toMillis(), EntryParser.DEFAULT_MULTILINE_TIMEOUT.toMillis());
        out.writeEndObject();
    }

    private void fields(Map<String, Object> fields) throws IOException {
        if (fields.isEmpty()) {
            return;
        }
        out.writeObjectFieldStart("fields");
        for (Map.Entry<String, Object> field : fields.entrySet()) {
            out.writeFieldName(field.getKey());
            constant(field.getValue());
        }
        out.writeEndObject();
    }

    private void constant(Object value) throws IOException {
        if (value instanceof String text) {
            out.writeString(text);
        } else if (value instanceof Boolean bool) {
            out.writeBoolean(bool);
        } else if (value instanceof Long integer) {
            out.writeNumber(integer);
        } else {
            out.writeNumber((Double) value);
        }
    }

    private void text(String name, String value, String defaultValue) throws IOException {
        if (!value.equals(defaultValue)) {
            out.writeStringField(name, value);
        }
    }

    private void number(String name, long value, long defaultValue) throws IOException {
        if (value != defaultValue) {
            out.writeNumberField(name, value);
        }
    }

    private void texts(String name, List<String> values) throws IOException {
        if (!values.isEmpty()) {
            out.writeFieldName(name);
            out.writeArray(values.toArray(String[]::new), 0, values.size());
        }
    }

    /**
     * Connect resolves <code>${…}</code> in task configurations. Were a dollar sign written as it is, whoever edits entries
     * could read the worker's secrets.
     */
    private static final class DollarEscapes extends CharacterEscapes {
        private static final long serialVersionUID = 1;
        private static final SerializedString DOLLAR = new SerializedString("\\u0024");

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] codes = standardAsciiEscapesForJSON();
            codes['$'] = ESCAPE_CUSTOM;
            return codes;
        }

        @Override
        public SerializableString getEscapeSequence(int character) {
            // Jackson asks for every character beyond ASCII too; null leaves it as it is.
            return character == '$' ? DOLLAR : null;
        }
    }
}
