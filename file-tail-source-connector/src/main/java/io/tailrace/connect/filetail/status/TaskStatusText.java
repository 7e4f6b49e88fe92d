package io.tailrace.connect.filetail.status;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.connect.filetail.tail.measure.Progress;
import io.tailrace.connect.filetail.tail.measure.StreamProgress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A task's status as JSON: numbers of the whole, and of each file, those furthest behind first, as many as there is room for. */
public final class TaskStatusText {
    /** Most files that are told of by name. */
    static final int MAX_FILES = 300;

    private static final int MAX_ERROR_CHARS = 200;
    private static final Comparator<StreamProgress> FURTHEST_BEHIND_FIRST =
            Comparator.comparingLong(StreamProgress::lagBytes).reversed().thenComparing(StreamProgress::stream);

    private final String version;
    private final int group;
    private final String entriesHash;
    private final long startedMillis;
    private long changes;

    /**
     * Says what does not change while the task runs.
     *
     * @param version the plugin's
     * @param group the number of the task's group of entries
     * @param entriesHash of the task's entries
     * @param startedMillis when the task started, since 1970
     */
    public TaskStatusText(String version, int group, String entriesHash, long startedMillis) {
        this.startedMillis = startedMillis;
        this.version = version;
        this.group = group;
        this.entriesHash = entriesHash;
    }

    /** The text, with rates since an earlier moment; {@code changed} marks one that is worth telling at once. */
    String of(Progress now, Progress before, boolean changed) {
        changes += changed ? 1 : 0;
        ObjectNode status = JsonNodeFactory.instance
                .objectNode()
                .put("version", version)
                .put("task", group)
                .put("entries_hash", entriesHash)
                .put("started", Instant.ofEpochMilli(startedMillis).toString())
                .put("changes", changes)
                .put("updated", Instant.ofEpochMilli(now.millis()).toString())
                .put("files", now.streams().size())
                .put("open_files", now.openFiles())
                .put("unreadable_files", now.unreadableFiles())
                .put("lag_bytes", now.lagBytes())
                .put("lag_ms", now.maxLagMillis());
        files(status, now, before);
        return status.toString();
    }

    private static void files(ObjectNode status, Progress now, Progress before) {
        Map<String, StreamProgress> earlier = new HashMap<>();
        before.streams().forEach(stream -> earlier.put(stream.stream(), stream));
        long millis = before.millis() == 0 ? 0 : now.millis() - before.millis();
        int left = StatusFile.MAX_BYTES - status.toString().getBytes(StandardCharsets.UTF_8).length - 100;
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        List<StreamProgress> streams =
                now.streams().stream().sorted(FURTHEST_BEHIND_FIRST).toList();
        for (StreamProgress stream : streams) {
            ObjectNode file = file(stream, earlier.get(stream.stream()), millis);
            left -= file.toString().getBytes(StandardCharsets.UTF_8).length + 1;
            if (left < 0 || list.size() == MAX_FILES) {
                break;
            }
            list.add(file);
        }
        status.put("files_left_out", streams.size() - list.size());
        status.set("streams", list);
    }

    private static ObjectNode file(StreamProgress stream, StreamProgress before, long millis) {
        ObjectNode file = JsonNodeFactory.instance
                .objectNode()
                .put("path", stream.path().toString())
                .put("stream", stream.stream())
                .put("position", stream.position())
                .put("size", stream.size())
                .put("lag_bytes", stream.lagBytes())
                .put("lag_ms", stream.lagMillis());
        if (before != null && millis > 0) {
            file.put("lines_per_s", perSecond(stream.lines() - before.lines(), millis))
                    .put("bytes_per_s", perSecond(stream.bytes() - before.bytes(), millis))
                    .put("throttled", stream.throttledMillis() > before.throttledMillis());
        }
        stream.error().ifPresent(error -> file.put("error", shorten(error)));
        return file;
    }

    private static long perSecond(long count, long millis) {
        return Math.round(Math.max(0, count) * 1000.0 / millis);
    }

    private static String shorten(String text) {
        return text.length() <= MAX_ERROR_CHARS ? text : text.substring(0, MAX_ERROR_CHARS) + "…";
    }
}
