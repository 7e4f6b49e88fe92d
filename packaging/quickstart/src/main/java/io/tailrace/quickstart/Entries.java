package io.tailrace.quickstart;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.servers.Etcd;
import java.nio.file.Path;

/** The list of what to collect, as etcd holds it. */
final class Entries {

    /** The key for all hosts in connect-configs/source-from-etcd.json. */
    static final String KEY = "/logagent/all/logconfig";

    private final ArrayNode entries = new ObjectMapper().createArrayNode();

    Entries with(String service, Path file, String topic) {
        Entries more = new Entries();
        more.entries.addAll(entries);
        more.entries
                .addObject()
                .put("service", service)
                .put("log_path", file.toString())
                .put("topic", topic);
        return more;
    }

    Entries withRate(int linesPerSecond) {
        Entries limited = new Entries();
        limited.entries.addAll(entries.deepCopy());
        limited.entries.forEach(entry -> ((ObjectNode) entry).put("send_rate", linesPerSecond));
        return limited;
    }

    void putInto(Etcd etcd) {
        etcd.put(KEY, toString());
    }

    @Override
    public String toString() {
        return entries.toString();
    }
}
