package io.tailrace.benchmarks.sink;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Answers each bulk request at once, that all went well, and keeps nothing. What is left is what a sink costs without a
 * server. An operation is two lines: deletions would be counted wrongly.
 */
public final class InstantTarget implements Target, AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final String ITEM = "{\"create\":{\"status\":201}}";
    private static final byte[] NOTHING_TO_DO =
            "{\"error\":{\"type\":\"parse_exception\",\"reason\":\"request body is required\"},\"status\":400}"
                    .getBytes(StandardCharsets.US_ASCII);

    private final AtomicLong taken = new AtomicLong();
    private final Map<Integer, byte[]> answers = new ConcurrentHashMap<>();
    private final BulkEndpoint endpoint = new BulkEndpoint((query, body) -> reply(body));

    /** Listens on a free port. */
    public InstantTarget() {}

    private BulkEndpoint.Reply reply(InputStream body) throws IOException {
        int documents = lineEnds(body) / 2;
        if (documents == 0) {
            return new BulkEndpoint.Reply(400, NOTHING_TO_DO);
        }
        taken.addAndGet(documents);
        return new BulkEndpoint.Reply(200, answers.computeIfAbsent(documents, InstantTarget::answer));
    }

    /** How many lines there are. */
    static int lineEnds(InputStream body) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        int found = 0;
        for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
            for (int i = 0; i < count; i++) {
                found += buffer[i] == '\n' ? 1 : 0;
            }
        }
        return found;
    }

    /** That all of so many operations went well, without what our sink tells the server to leave out. */
    static byte[] answer(int documents) {
        String items = (ITEM + ",").repeat(documents - 1) + ITEM;
        return ("{\"errors\":false,\"items\":[" + items + "]}").getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String url() {
        return endpoint.url();
    }

    @Override
    public void empty(String index) {
        taken.set(0);
    }

    @Override
    public long taken() {
        return taken.get();
    }

    @Override
    public long searchable() {
        return taken.get();
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
