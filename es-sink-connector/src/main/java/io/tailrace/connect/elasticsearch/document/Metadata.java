package io.tailrace.connect.elasticsearch.document;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What is known about a line: the members of the {@code tailrace} header, ready to join a document. Immutable. */
final class Metadata {

    /** No header. */
    static final Metadata NONE = new Metadata(List.of());

    private final List<Field> fields;
    private final byte[] all;

    /** One member: its name, unescaped, and the whole of it as JSON on one line. */
    private static final class Field {
        private final byte[] name;
        private final byte[] value;
        private final byte[] text;

        Field(byte[] name, byte[] value) {
            this.name = name;
            this.value = value;
            this.text = Metadata.text(name, value);
        }
    }

    private Metadata(List<Field> fields) {
        this.fields = List.copyOf(fields);
        this.all = joined(fields);
    }

    /**
     * Reads a header's JSON.
     *
     * @param json the header's bytes
     * @param scanner used for this call only
     * @return its members
     * @throws MalformedRecordException if it isn't one JSON object
     */
    static Metadata read(byte[] json, JsonObjectScanner scanner) {
        if (!scanner.scan(json)) {
            throw new MalformedRecordException(
                    "header '" + MetadataHeader.NAME + "' is not a JSON object: " + Excerpt.of(json));
        }
        TopLevelMembers members = scanner.members();
        List<Field> fields = new ArrayList<>(members.count());
        for (int i = 0; i < members.count(); i++) {
            byte[] name = members.name(i);
            if (fields.stream().noneMatch(field -> Arrays.equals(field.name, name))) {
                fields.add(new Field(name, members.value(i)));
            }
        }
        return new Metadata(fields);
    }

    /** The members that a document with the given members can take, separated by commas. */
    byte[] missingFrom(TopLevelMembers members) {
        List<Field> missing = null;
        for (int i = 0; i < fields.size(); i++) {
            boolean taken = members.exclude(fields.get(i).name);
            if (taken && missing == null) {
                missing = new ArrayList<>(fields.subList(0, i));
            } else if (!taken && missing != null) {
                missing.add(fields.get(i));
            }
        }
        return missing == null ? all : joined(missing);
    }

    /** Whether there is a member of this name. */
    boolean has(byte[] name) {
        return fields.stream().anyMatch(field -> Arrays.equals(field.name, name));
    }

    /** The names of its members. */
    FieldNames names() {
        FieldNames names = new FieldNames();
        fields.forEach(field -> names.add(new String(field.name, StandardCharsets.UTF_8)));
        return names;
    }

    /** The value of a member, as JSON. */
    Optional<byte[]> value(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        return fields.stream()
                .filter(field -> Arrays.equals(field.name, utf8))
                .map(field -> field.value)
                .findFirst();
    }

    private static byte[] text(byte[] name, byte[] value) {
        ByteSink sink = new ByteSink(name.length + value.length + 8);
        sink.quoted(name);
        sink.ascii(":");
        sink.bytes(LineBreaks.replaced(value));
        return sink.toBytes();
    }

    private static byte[] joined(List<Field> fields) {
        ByteSink sink = new ByteSink(256);
        for (Field field : fields) {
            if (sink.size() > 0) {
                sink.ascii(",");
            }
            sink.bytes(field.text);
        }
        return sink.toBytes();
    }
}
