package io.tailrace.connect.elasticsearch.target;

import io.tailrace.connect.elasticsearch.document.MalformedRecordException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Finds the index of each record. The index is a function of the record alone, so that a replay goes to the same
 * place. The last name of each topic is remembered for the hour that it is good for. One instance serves one thread.
 */
public final class IndexResolver {

    private static final int MAX_TOPICS = 1024;

    private final IndexTemplate template;
    private final boolean needsTimestamp;
    private final Map<String, Named> byTopic = new HashMap<>();

    private record Named(long hour, String index) {}

    /**
     * A resolver.
     *
     * @param template what names look like
     */
    public IndexResolver(IndexTemplate template) {
        this.template = template;
        this.needsTimestamp = template.needsTimestamp();
    }

    /**
     * The index of a record.
     *
     * @param record any record
     * @return a legal index name
     * @throws MalformedRecordException if the template needs a time that the record doesn't have
     * @throws ConnectException if the topic's name makes an illegal index name
     */
    public String index(SinkRecord record) {
        long hour = needsTimestamp ? hour(record) : 0;
        Named named = byTopic.get(record.topic());
        if (named == null || named.hour() != hour) {
            named = new Named(hour, resolve(record.topic(), hour));
            if (byTopic.size() >= MAX_TOPICS) {
                byTopic.clear();
            }
            byTopic.put(record.topic(), named);
        }
        return named.index();
    }

    private long hour(SinkRecord record) {
        if (record.timestamp() == null) {
            throw new MalformedRecordException("index '" + template + "' needs a timestamp and the record has none");
        }
        return Math.floorDiv(record.timestamp(), TimeUnit.HOURS.toMillis(1));
    }

    private String resolve(String topic, long hour) {
        String name = template.fill(topic, Instant.ofEpochMilli(TimeUnit.HOURS.toMillis(hour)));
        IndexNames.problem(name).ifPresent(problem -> {
            throw new ConnectException("index: '" + template + "' gives '" + name + "' for topic '" + topic
                    + "', and an index name " + problem);
        });
        return name;
    }
}
