package io.tailrace.console;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What agents report, in the shape that their connector writes. */
final class Statuses {
    private Statuses() {}

    /** A revision of 0 says that the key isn't there. */
    static String connector(String host, String address, String key, long revision) {
        String there = revision == 0
                ? "\"exists\":false,\"entries\":0"
                : "\"exists\":true,\"entries\":1,\"revision\":" + revision;
        return "{\"version\":\"0.1.0\",\"state\":\"APPLIED\",\"entries\":1,\"tasks\":1,\"host\":{\"id\":\"" + host
                + "\",\"name\":\"" + host + "\",\"addresses\":[\"" + address + "\"]},\"keys\":[{\"key\":\"" + key
                + "\",\"state\":\"APPLIED\"," + there + "}],\"updated\":\"2026-11-22T01:52:45.481Z\"}";
    }

    static String failed(String host, String key, long revision, String error) {
        return connector(host, "10.9.9.9", key, revision)
                .replace("APPLIED", "FAILED")
                .replace("\"entries\":1,\"revision\"", "\"entries\":1,\"errors\":[\"" + error + "\"],\"revision\"");
    }

    static String task(int number, int files) {
        String streams = IntStream.range(0, files)
                .mapToObj(i -> "{\"path\":\"/var/log/" + i + ".log\",\"stream\":\"h||/var/log/" + i
                        + ".log\",\"position\":10,\"size\":20,\"lag_bytes\":10,\"lag_ms\":5,\"lines_per_s\":2,"
                        + "\"bytes_per_s\":200,\"throttled\":false}")
                .collect(Collectors.joining(","));
        return "{\"version\":\"0.1.0\",\"task\":" + number
                + ",\"entries_hash\":\"0123456789abcdef\",\"started\":\"2026-11-22T01:52:45.481Z\",\"changes\":1,"
                + "\"updated\":\"2026-11-22T01:52:45.481Z\",\"files\":" + files
                + ",\"open_files\":1,\"unreadable_files\":0,\"lag_bytes\":" + 10 * files
                + ",\"lag_ms\":5,\"files_left_out\":0,\"streams\":[" + streams + "]}";
    }
}
